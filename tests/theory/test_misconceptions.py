import pytest

import symkl
from symkl.errors import KnowledgeError
from symkl.theory.misconceptions import collect_misconceptions, misconceptions


@pytest.mark.parametrize("slug", list(misconceptions()))
def test_every_misconception_is_refuted(slug):
    known = misconceptions()[slug]
    assert symkl.prove(known.example, given=known.given).verdict == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "[a]\nsays = 's'\nexample = 'e'\n",
        "[a]\nwrong = ['log(a) -> b']\nsays = 's'\nexample = 'e'\n",
        "[a]\nwrong = ['log(a)']\nsays = 's'\nexample = 'e'\n",
        "[a]\nwrong = ['log(a) -> a']\nsays = 's'\n",
        "[a]\nwrong = ['log(a) -> a']\nsays = 's'\nexample = 'e'\nmore = 1\n",
        "[a",
    ],
)
def test_broken_knowledge_names_the_file_and_the_table(text):
    with pytest.raises(KnowledgeError):
        collect_misconceptions(text)
