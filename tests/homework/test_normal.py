from tests.homework.tools import checked, verdicts

ENTROPY = (
    r"h(X) = -\int f(x)\ln f(x)\,dx",
    r"= -\int f(x)\left[-\frac{(x-\mu)^2}{2\sigma^2} - \ln\sqrt{2\pi\sigma^2}\right]dx",
    r"= \frac{E[(X-\mu)^2]}{2\sigma^2} + \frac12\ln 2\pi\sigma^2",
    r"= \frac12 + \frac12\ln 2\pi\sigma^2",
)


def test_the_entropy_of_a_normal_law():
    assert verdicts(*ENTROPY, r"= \frac12\ln 2\pi e\sigma^2") == ["correct"] * 5
    assert verdicts(*ENTROPY, r"= \ln 2\pi e\sigma^2") == ["correct"] * 4 + ["wrong"]
    assert "f is normal" in checked(*ENTROPY).lines[1].reason


def test_the_divergence_from_the_standard_normal_law():
    row = r"-D_{KL}[r(z|x) \| p(z)] = \log\sigma_r - \frac{\sigma_r^2 + \mu_r^2}{2} + \frac12"
    assert verdicts(row, r"= \frac12(1 + \log\sigma_r^2 - \sigma_r^2 - \mu_r^2)") == ["given", "correct"]
    assert verdicts(row, r"= \frac12(1 + \log\sigma_r^2 - \sigma_r^2 + \mu_r^2)") == ["correct", "wrong"]


def test_two_normal_laws():
    mean = r"E_p\left[\log p(x) - \log q(x)\right]"
    closed = r"\log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12"
    assert verdicts(rf"D(p\|q) = {mean}", rf"= {closed}") == ["correct", "correct"]


def test_what_no_row_bears_out_is_not_taken_for_normal():
    assert verdicts(r"D(p\|q) = E_p[\log p(x) - \log q(x)]", r"= \frac{\sigma_1}{\sigma_2}")[1] not in {"correct", "wrong"}


def test_two_laws_under_one_letter_are_not_taken_for_one():
    rows = (
        r"h(X) = -\int f_X(x)\ln f_X(x)\,dx",
        r"= \frac{1}{2\sigma^2}\int f_Y(x) (x-\mu)^2\,dx + \frac12\ln(2\pi\sigma^2)\int f_X(x)\,dx",
    )
    assert verdicts(*rows)[-1] != "correct"
    assert verdicts(rows[0], rows[1].replace("f_Y", "f_X"))[-1] == "correct"


def test_an_integral_over_a_part_of_the_line_is_no_mean():
    rows = (ENTROPY[0], r"= \frac12\ln(2\pi\sigma^2) + \frac{1}{2\sigma^2}\int_{%s}^\infty f(x)(x-\mu)^2\,dx")
    assert verdicts(rows[0], rows[1] % r"-\infty") == ["correct", "correct"]
    assert verdicts(rows[0], rows[1] % "0")[1] != "correct"


def test_a_law_and_its_conditional_are_not_taken_for_one():
    rows = (r"E[\log p(x|y)] = -\frac{\sigma^2}{2\sigma^2} - \frac12\log 2\pi\sigma^2", r"= E[\log p(x)]")
    assert "correct" not in verdicts(*rows)
