"""The reference of all questions as Markdown, made from their headers: docs/questions.md."""

from queries.catalogue import FOLDER, TOPICS, catalogue
from queries.question import Param, Question

PAGE = FOLDER.parent / "docs" / "questions.md"

_ABOUT = {
    "responsibility": "Who answers for what, alone and together.",
    "conclusions": "Conclusions, recommendations and actions: owners, deadlines, follow-up.",
    "funds": "Money: who answers for it, who must agree, what it pays for.",
    "structure": "Bodies, posts, groups and how they hang together.",
    "plans": "Milestones and priorities.",
    "evidence": "What the facts rest on, and what still needs a reader.",
}


def reference() -> str:
    """The page: every question with its parameters, columns, denominator and caveat."""
    asked = list(catalogue().values())
    parts = [
        "# Questions",
        "",
        f"{len(asked)} questions come with joinedup. Ask one on the command line "
        "(`joinedup ask ID --parameter value`), in the app, or paste its file from `queries/` into "
        "Neo4j Browser. Every row carries its `evidence`: document, locator, basis, confidence. "
        "Facts that a reviewer rejected are left out.",
        "",
        "This page is generated from the headers of the files: "
        "`python -m queries.reference` writes it again.",
        "",
    ]
    for topic in TOPICS:
        parts += [f"## {topic.capitalize()}", "", _ABOUT[topic], ""]
        for question in asked:
            if question.topic == topic:
                parts += _entry(question)
    return "\n".join(parts).rstrip() + "\n"


def _entry(question: Question) -> list[str]:
    lines = [f"### `{question.id}`", "", question.question, ""]
    lines += [f"- {_param(param)}" for param in question.params]
    columns = ", ".join(f"`{name}` ({kind})" for name, kind in question.columns.items())
    lines += [f"- Columns: {columns}", f"- Out of: {question.of_what}", ""]
    return [*lines, f"*Bear in mind:* {question.caveat}", ""]


def _param(param: Param) -> str:
    kind = {
        "id": f"name or id of: {', '.join(param.of)}",
        "date": "date",
        "int": "whole number",
        "str": "text",
        "choice": f"one of: {', '.join(param.choices)}",
    }[param.type]
    default = "" if param.default is None else f"; {param.default} unless given"
    needed = "" if param.required else (default or "; may be left out")
    return f"`--{param.name}` ({kind}{needed}): {param.about}"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
