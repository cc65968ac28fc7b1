"""Chinese: what kept an answer from being compared, from its first line to its death."""
# ruff: noqa: RUF001 - Chinese is written with full-width punctuation.

SENTENCES = {
    "limit.time": (
        "这次调用用掉的 CPU 时间超过了 {limit_s} 秒，已被终止。"
        "看看有没有停不下来的循环，或者本可以用一次张量运算完成的逐元素循环。"
    ),
    "limit.wall": (
        "这次调用过了 {limit_s} 秒仍未结束，已被终止；其间几乎没有在计算，"
        "多半是在等待什么，例如等待输入，或者在 sleep。"
    ),
    "limit.memory": (
        "这次调用占用的内存超过了 {limit_mb} MB。"
        "看看有没有哪个张量远大于题目所需，常见的原因是广播把它撑大了。"
    ),
    "limit.output": "这次调用的输出超过了 {limit_kb} kB，已被终止。请去掉多余的打印。",
    "died.signal": (
        "调用过程中 Python 进程被信号 {signal} 终止。纯 Python 代码很少会这样，"
        "无穷递归，或者底层代码的越界访问，才会造成这种结果。"
    ),
    "died.exit": (
        "调用还没返回，Python 进程就退出了（退出码 {code}）。"
        "请不要调用 `exit()`、`quit()` 或 `os._exit()`，用 `return` 返回结果。"
    ),
    "died.garbled": (
        "无法读懂进程传回的内容，通常是因为代码往不属于自己的文件或描述符里写了东西。"
    ),
    "skipped.timeouts": "未运行：前面已有太多测试点超时，这一个也难免如此。",
    "own.syntax": "自定义输入不是合法的参数列表：{detail}。",
    "own.failed": "自定义输入求值失败（{exception}：{detail}）。",
    "own.returned": "函数已在你自己的输入上运行，结果如下。",
    "own.nothing": "本题没有公开样例，请填写一组自定义输入来试运行。",
    "forbidden.name": "本题不允许使用 `{name}`。",
    "forbidden.syntax": "本题不允许使用 `{keyword}`，请改用张量运算来完成。",
    "forbidden.called": "运行时你的代码调用了 `{name}`。本题不允许调用它，换个名字也不行。",
    "required.name": "本题练习的就是 `{name}`，答案里必须用到它，而你的代码没有用。",
    "missing.function": (
        "文件里没有定义函数 `{name}`。请检查拼写，并确认它没有缩进到别的代码块里面。"
    ),
    "missing.not_callable": (
        "文件里有 `{name}`，但它不是函数。也许后面某一行又给这个名字赋了别的值。"
    ),
    "syntax.error": "Python 无法解析你的文件：{detail}。",
    "syntax.encoding": "文件不是合法的 UTF-8 文本，请存为 UTF-8 后重新提交。",
    "syntax.too_large": "文件大小超过了 {limit_kb} kB 的上限。",
    "syntax.too_deep": "文件里的表达式或代码块嵌套太深，Python 无法解析。",
    "import.raised": (
        "加载文件时就抛出了 `{exception}`，此时还没有调用任何函数。请检查写在函数外面的代码。"
    ),
    "judge.error": ("评测系统这边出了问题（{detail}）。这不算你的错，你的提交会被重新评测。"),
    "hidden.exception": "你的函数抛出了 `{name}`。这个测试点不公开，所以不显示异常信息。",
    "simulated.note": (
        "这里没有 GPU，本测试点在模拟的 GPU 上运行："
        "形状、数据类型、设备和异常照常评测，数值则改在 CPU 上比对。"
    ),
}
