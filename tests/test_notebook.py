import pytest

import symkl


class Shell:
    def register_magic_function(self, function, kind, name):
        self.magics = {(kind, name): function}


def test_the_cell_magic_checks_a_cell():
    shell = Shell()
    symkl.load_ipython_extension(shell)
    shown = shell.magics["cell", "symkl"]("X, Y ~ p(x,y); X indep Y", "$$H(X,Y) = H(X) + H(Y)$$")
    assert shown.exit_code == 0
    assert "<math" in shown._repr_html_()
    assert "1 correct" in str(shown)


@pytest.fixture
def notebook():
    """A shell of IPython with the extension, as `%load_ext symkl` leaves it."""
    pytest.importorskip("IPython")
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "symkl")
    yield shell
    shell.run_line_magic("unload_ext", "symkl")
    InteractiveShell.clear_instance()


def test_a_notebook_shows_a_page_and_a_terminal_text(notebook):
    shown = notebook.run_cell_magic("symkl", "X, Y ~ p(x,y)", r"$$ H(X,Y) = H(X|Y) - H(Y) $$")
    data, _ = notebook.display_formatter.format(shown)
    assert "<math" in data["text/html"]
    assert "chain-rule-sign" in data["text/plain"]


def test_a_notebook_shows_a_verdict_in_words(notebook):
    data, _ = notebook.display_formatter.format(symkl.prove("H(P) <= log(n)", given="P on {1..n}"))
    assert data["text/plain"].startswith("proved: H(P) <= log(n)\n")


def test_a_notebook_says_what_is_not_understood(notebook):
    result = notebook.run_cell("%%symkl X ~~ \n$$ H(X) = H(X) $$", store_history=False)
    assert not result.success
    assert isinstance(result.error_in_exec, symkl.SymklError)
