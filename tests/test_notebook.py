import symkl


class Shell:
    def register_magic_function(self, function, kind, name):
        self.magics = {(kind, name): function}


def test_the_cell_magic_checks_a_cell():
    shell = Shell()
    symkl.load_ipython_extension(shell)
    shown = shell.magics["cell", "symkl"]("X, Y ~ p(x,y); X indep Y", "$$H(X,Y) = H(X) + H(Y)$$")
    assert shown.report.exit_code == 0
    assert "<math" in shown._repr_html_()
    assert "1 correct" in repr(shown)
