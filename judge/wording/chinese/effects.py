"""Chinese: what a call left behind: arguments, global state, memory, output, files, operations."""
# ruff: noqa: RUF001 - Chinese is written with full-width punctuation.

SENTENCES = {
    "input.changed": (
        "你的函数改动了输入 `{path}` 的{aspect}，而调用者可能还要用它。"
        "以 `_` 结尾的方法、`+=` 和对切片赋值都是原地操作，请在副本上进行。"
    ),
    "input.unchanged": (
        "`{path}` 应该被原地修改，调用之后却还是原样。`x = …` 只是让名字指向别的对象；"
        "`x[...] = …` 和以 `_` 结尾的方法才会写进张量。"
    ),
    "input.differs": "调用之后，`{path}` 的{aspect}和参考答案留下的不一样。",
    "input.count": "调用之后的 `{path}` 和调用时传入的对不上。",
    "state.differs": (
        "你的函数返回后，{name}是 {got}，应该是 {expected}。"
        "全局设置在调用结束后仍然有效，会影响别人的代码：请用上下文管理器，或者改回来。"
    ),
    "state.rng": (
        "你的函数返回后，{generator} 的随机数生成器所处的状态和参考答案不同："
        "多取或少取了随机数，或者重新设了种子。供人调用的函数不应该自己设种子。"
    ),
    "layout.strides": (
        "`{path}` 的步幅是 {got}，应该是 {expected}：元素在内存里的排法不同。"
        "`transpose` 和 `expand` 只改步幅，`clone` 会复制数据。"
    ),
    "layout.not_contiguous": (
        "`{path}` 在内存里不连续（步幅 {got}，应为 {expected}），对它调用 `view` 会失败。"
        "`.contiguous()` 可以把它复制成按行连续的排法。"
    ),
    "layout.contiguous": (
        "`{path}` 在内存里是连续的（步幅 {got}），"
        "而这里应该是步幅为 {expected} 的视图：途中有一步复制了数据。"
    ),
    "memory.not_shared": (
        "`{path}` 应该和 `{other}` 共享内存，是它的视图，现在却是一份副本："
        "改了一个，另一个不会跟着变，内存也多占一份。"
    ),
    "memory.shared_but_should_not": (
        "`{path}` 和 `{other}` 共享内存：改动其中一个，另一个也会变。"
        "请让它拥有自己的内存，例如用 `.clone()`。"
    ),
    "output.line": "输出从第 {line} 行开始不同。",
    "output.nothing": "什么也没有打印，而这里应该有输出。返回一个值并不会把它打印出来。",
    "output.missing": "输出结束得太早：缺少第 {line} 行。",
    "output.extra": (
        "输出在该结束的地方没有结束：第 {line} 行是多余的。是不是忘了删调试用的 `print`？"
    ),
    "files.missing": "应该写出的文件没有找到：{names}。",
    "files.extra": "写出了不该有的文件：{names}。",
    "files.differs": "`{path}` 写出来了，但它的{aspect}不对。",
    "ops.too_many": (
        "这次调用一共执行了 {count} 次张量运算，而 {limit} 次以内就够了。"
        "次数最多的是 `{most}`（{times} 次）：是不是用循环逐个处理元素，而一次运算就能完成？"
    ),
    "ops.over": (
        "这次调用执行的张量运算超过了 {limit} 次，而 {limit} 次以内就够了："
        "是不是用循环逐个处理元素，而一次运算就能完成？"
    ),
    "ops.unknown": "无法统计这次调用的张量运算次数，因此不能判为正确。",
}
