from docs.generate.questions import PAGE, page
from queries.catalogue import catalogue


def test_the_page_in_docs_is_current() -> None:
    """`make docs` writes it again."""
    assert PAGE.read_text("utf-8") == page()


def test_every_question_is_on_the_page_with_its_caveat() -> None:
    text = page()
    for question in catalogue().values():
        assert f"### `{question.id}`\n\n{question.question}\n" in text
        assert f"*Bear in mind:* {question.caveat}\n" in text
        for param in question.params:
            assert f"- `--{param.name}` (" in text
