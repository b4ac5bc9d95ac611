import pytest

from tests.homework.tools import verdicts

RIGHT = [
    r"D_{KL}(\mathcal{N}(\mu_1,\sigma_1^2)\|\mathcal{N}(\mu_2,\sigma_2^2)) = "
    r"\log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12",
    r"D_{KL}(\mathcal{N}(\mu,\sigma^2)\|\mathcal{N}(0,1)) = \frac12(\sigma^2 + \mu^2 - 1 - \log\sigma^2)",
    r"D_{KL}(\mathcal{N}(\mu,\sigma)\|\mathcal{N}(0,1)) = \frac12(\sigma^2 + \mu^2 - 1 - \log\sigma^2)",
    r"D_{KL}(\mathrm{Exp}(\lambda_1)\|\mathrm{Exp}(\lambda_2)) = "
    r"\log\frac{\lambda_1}{\lambda_2} + \frac{\lambda_2}{\lambda_1} - 1",
    r"D_{KL}(\mathrm{Exp}(\theta_1)\|\mathrm{Exp}(\theta_2)) = "
    r"\log\frac{\theta_2}{\theta_1} + \frac{\theta_1}{\theta_2} - 1",
    r"D_{KL}(\text{Bern}(p)\|\text{Bern}(q)) = p\log\frac{p}{q} + (1-p)\log\frac{1-p}{1-q}",
    r"h(\mathcal{N}(\mu,\sigma^2)) = \frac12\ln(2\pi e\sigma^2)",
]


@pytest.mark.parametrize("row", RIGHT)
def test_families_have_closed_forms(row):
    assert verdicts(row) == ["correct"]


WRONG = [
    r"D_{KL}(\mathcal{N}(\mu_1,\sigma_1^2)\|\mathcal{N}(\mu_2,\sigma_2^2)) = "
    r"\log\frac{\sigma_1}{\sigma_2} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12",
    r"D_{KL}(\mathcal{N}(\mu,\sigma^2)\|\mathcal{N}(0,1)) = \frac12(\sigma^2 + \mu^2 + 1 - \log\sigma^2)",
    r"D_{KL}(\mathrm{Exp}(\lambda_1)\|\mathrm{Exp}(\lambda_2)) = "
    r"\log\frac{\lambda_2}{\lambda_1} + \frac{\lambda_2}{\lambda_1} - 1",
]


@pytest.mark.parametrize("row", WRONG)
def test_another_form_is_wrong(row):
    assert verdicts(row) == ["wrong"]


def test_of_vectors_nothing_is_claimed():
    assert "wrong" not in verdicts(r"D_{KL}(\mathcal{N}(\mu,\Sigma)\|\mathcal{N}(0,I)) = \frac12(\mu^2 - k)")
