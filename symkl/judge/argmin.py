from symkl.judge.budget import OutsideFragment
def judge_extrema(link, setting, budget, whole):
    raise OutsideFragment("argmin")
