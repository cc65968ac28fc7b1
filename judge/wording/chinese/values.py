"""Chinese: how the numbers of a result differ, and how its gradients do."""
# ruff: noqa: RUF001 - Chinese is written with full-width punctuation.

SENTENCES = {
    "value.omitted": "`{path}` 太大，无法比较数值，因此不能判为正确。",
    "value.absent": "`{path}` 传回时没有带数值，因此不能判为正确。",
    "value.unreadable": "`{path}` 的数值无法读取，因此不能判为正确。",
    "value.grad_missing": (
        "调用之后 `{path}.grad` 里应该有梯度，却是 None：反向传播没有到达 `{path}`。"
    ),
    "value.grad_extra": (
        "调用之后 `{path}.grad` 应该是 None，里面却有梯度：某次反向传播写了进去。"
        "`torch.autograd.grad` 可以只返回梯度而不存起来。"
    ),
    "value.mask": (
        "掩码 `{path}` 的 {total} 个元素里有 {differing} 个不对。"
        "检查比较的方向，以及相等时该不该算进去。"
    ),
    "value.nan": (
        "`{path}` 里有 {count} 个元素应该是数，却成了 NaN。"
        "0/0、inf - inf、负数取对数、对全是 -inf 的一行做 softmax，都会产生 NaN。"
    ),
    "value.infinite": (
        "`{path}` 里有 {count} 个元素应该是有限的数，却成了无穷大：除以了零，或者指数运算溢出了。"
    ),
    "value.nan_expected": (
        "`{path}` 里有 {count} 个元素应该是 NaN，却是普通的数："
        "输入里的 NaN 在这里应该原样传下去，不该被替换掉。"
    ),
    "value.zeros": ("`{path}` 全是 0，而正确结果不是：大概只分配了结果张量，没有往里面填值。"),
    "value.negated": "`{path}` 的每个数大小都对，符号都反了。",
    "value.scaled": (
        "`{path}` 的每个数都是正确值的 {factor} 倍：少乘或多乘了一个系数。"
        "该求和还是求平均？除以 n 还是 n - 1？对数以什么为底？"
    ),
    "value.shifted": (
        "`{path}` 的每个数都差了同一个量（{offset}）：漏了一个常数，或者计数的起点不对。"
    ),
    "value.reordered": (
        "`{path}` 里的数都对，位置不对。`reshape` 不等于转置，检查维度、排序或展平的顺序。"
    ),
    "value.single": "`{path}` 的形式都对，但里面唯一的那个数不对。",
    "value.close": (
        "`{path}` 已经很接近：{total} 个数里有 {differing} 个误差不到百分之一，"
        "但仍超出了舍入误差。看看是不是损失了精度、漏了 eps，或者用了近似。"
    ),
    "value.all": (
        "`{path}` 的形状和数据类型都对，但 {total} 个数全都不对：问题出在公式，而不是边界情况。"
    ),
    "value.some": (
        "`{path}` 的形状和数据类型都对，但 {total} 个数里有 {differing} 个不对。"
        "看看它们出现在哪些位置，就知道该查哪一步计算。"
    ),
    "value.number": "`{path}` 的类型对，数不对。",
    "value.truth": "`{path}` 的真假反了。",
    "value.text": "`{path}` 是字符串，这没错，但内容不对。",
    "value.symbol": "`{path}` 是 {got}，应该是 {expected}。",
    "value.training": (
        "模块 `{path}` 停在了 `{got}` 模式，应该是 `{expected}`。"
        "这个模式会影响 dropout 和批归一化的行为。"
    ),
    "grad_state.detached": (
        "`{path}` 应该需要梯度（requires_grad），却不需要：计算图在途中断了。"
        "`.detach()`、`.data`、`.item()`、NumPy、`torch.tensor(...)` 和 `no_grad` 都会切断它。"
    ),
    "grad_state.attached": (
        "`{path}` 不应该需要梯度（requires_grad），却仍然需要："
        "请在 `torch.no_grad()` 下计算，或者 detach 一下。"
    ),
    "grad_state.not_leaf": (
        "`{path}` 应该是叶子张量，也就是直接创建、不由运算得到的张量："
        "优化器只接受叶子张量，也只有叶子张量才会保留 `.grad`。"
    ),
    "grad_state.leaf": (
        "`{path}` 是叶子张量，但它应该由别的张量计算得到，这样梯度才能继续往回传。"
    ),
    "grad.error": (
        "数值是对的，但反向传播时抛出了 `{exception}`。"
        "反向传播要用的东西被原地改掉了，或者计算图已经断开、已经用过。"
    ),
    "grad.no_error": "这里的反向传播应该抛出 `{expected}`，却顺利通过了。",
    "grad.missing": "数值是对的，但没有得到任何梯度：结果和输入之间没有计算图相连。",
    "grad.none": (
        "梯度传不到 `{path}`：它和结果之间的计算图断了。"
        "`.detach()`、`.data`、`.item()`、NumPy 和 `torch.tensor(...)` 都会切断计算图。"
    ),
    "grad.unexpected": "梯度传到了 `{path}`，而这里不应该有梯度：用 `.detach()` 可以截断它。",
    "grad.zeros": (
        "`{path}` 的梯度处处为 0。取整、比较、截断的梯度都是 0；"
        "也可能结果里依赖 `{path}` 的只有常数部分。"
    ),
    "grad.negated": "`{path}` 的梯度处处符号相反。",
    "grad.scaled": (
        "数值是对的，但 `{path}` 的梯度是正确值的 {factor} 倍：反向时有一项重复计算了，或者漏算了。"
    ),
    "grad.nan": (
        "`{path}` 的梯度里有 {count} 个 NaN。`torch.where` 的两个分支都会计算，"
        "没选中的分支也要保证安全；还要小心 `sqrt` 和 `log` 在 0 处的导数。"
    ),
    "grad.value": (
        "数值是对的，但 `{path}` 的梯度里，{total} 个数有 {differing} 个不对："
        "有一部分计算不在计算图里，或者求导的方式不同。"
    ),
    "grad.differs": "`{path}` 的梯度{aspect}不对。",
}
