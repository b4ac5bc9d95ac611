import symkl


def test_a_text_is_checked():
    report = symkl.check(r"$$H(X,Y) = H(X|Y) - H(Y)$$")
    assert report.summary["wrong"] == 1
    assert report.exit_code == 1


def test_a_path_is_checked(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("$$H(X,Y) = H(X|Y) + H(Y)$$")
    assert symkl.check(path).exit_code == symkl.check(str(path)).exit_code == 0


def test_givens():
    assert symkl.check(r"$$H(X,Y) = H(X) + H(Y)$$", given=["X, Y ~ p(x,y)", "X indep Y"]).exit_code == 0


def test_each_with_progress(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.md").write_text("$$H(X,Y) = H(X|Y) + H(Y)$$")
    seen = []
    found = list(symkl.check_each([tmp_path], progress=lambda done, of: seen.append((done, of))))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [each.exit_code for each in found] == [0, 0, 0]


def test_what_was_checked_before_changes_no_derivation() -> None:
    symkl.check(r"$$\log p(x) = \log\mathbb{E}_{z\sim q}\left[\frac{p(x,z)}{q(z)}\right] = \mathbb{E}_{z\sim q}[\log p(x,z)]$$")
    assert symkl.derive("elbo-below-evidence").steps
