"""Sentences of documents, and how far each reaches."""

from symkl.language.documents import parse
from symkl.language.prose import DISPLAY, sentences


def found(text, kind="markdown"):
    source = parse(text, kind)
    return sentences(source.text, source.formulas, kind != "tex")


def words(text, kind="markdown"):
    return [each.text for each in found(text, kind)]


def test_a_display_belongs_to_the_sentence_it_stands_in():
    text = "Then we have\n\n$$a = b$$\n\nwhere $a = 1$. Next."
    assert words(text) == [f"Then we have {DISPLAY} where $a = 1$.", "Next."]


def test_a_display_that_ends_with_a_full_stop_ends_its_sentence():
    assert words("So\n$$a = b.$$\nwhich is it") == [f"So {DISPLAY}.", "which is it"]


def test_a_new_sentence_begins_with_a_capital_after_a_display():
    assert words("So\n$$a = b$$\nNow on.") == [f"So {DISPLAY}", "Now on."]


def test_abbreviations_end_nothing():
    assert len(found("We use e.g. the bound, cf. Cover, w.r.t. it.")) == 1


def test_code_comments_and_links_are_no_words():
    text = "See [here](http://example.org/a.b_c). <!-- Let us hide. -->\n\n```python\nif x = 1: pass.\n```\n"
    assert all("http" not in each and "hide" not in each and "pass" not in each for each in words(text))
    assert all("secret" not in each for each in words("Visible. % secret words\nMore.", "tex"))


def test_an_item_reaches_to_the_next_item_and_a_section_to_the_next_section():
    text = "# One\n\nLet it be.\n\n- First here.\n- Second here.\n\n## Deeper\n\nStill. \n\n# Two\n\nOver.\n"
    by_text = {each.text: each for each in found(text)}
    let, first, second = by_text["Let it be."], by_text["- First here."], by_text["- Second here."]
    assert let.until == text.index("# Two")
    assert first.until == second.start
    assert second.until == text.index("## Deeper")


def test_a_solution_goes_on_with_its_exercise():
    text = "# Exercise 1\n\nLet it be.\n\n# Solution\n\nIt is.\n"
    assert next(each for each in found(text) if each.text == "Let it be.").until == len(text)


def test_theorems_reach_to_their_ends():
    text = "\\begin{theorem}\nLet it be.\n\\end{theorem}\nAfter this."
    let = next(each for each in found(text, "tex") if "Let it be." in each.text)
    assert let.until == text.index("\\end{theorem}")


def test_lines_and_places_of_formulas():
    text = "A line.\n\nWith $n = 2$ and \\(m = 3\\) here."
    sentence = found(text)[1]
    assert sentence.line == 3
    assert [text[start:end] for start, end in sentence.formulas] == ["n = 2", "m = 3"]


def test_time_is_linear():
    import time

    def seconds(count):
        text = "Let $X$ be so.\n\n- item $a = 1$\n\n$$a = b$$\n\n" * count
        source = parse(text, "markdown")
        before = time.process_time()
        sentences(source.text, source.formulas)
        return time.process_time() - before

    seconds(100)
    assert seconds(2000) < 40 * max(seconds(200), 0.002)
