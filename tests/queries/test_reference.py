from queries.catalogue import catalogue
from queries.reference import PAGE, reference


def test_the_page_in_docs_is_current() -> None:
    """`python -m queries.reference` writes it again."""
    assert PAGE.read_text("utf-8") == reference()


def test_every_question_is_on_the_page_with_its_caveat() -> None:
    page = reference()
    for question in catalogue().values():
        assert f"### `{question.id}`\n\n{question.question}\n" in page
        assert f"*Bear in mind:* {question.caveat}\n" in page
        for param in question.params:
            assert f"- `--{param.name}` (" in page
