"""Chinese: how a call ended, and what its result is: type, shape, dtype, device."""
# ruff: noqa: RUF001 - Chinese is written with full-width punctuation.

SENTENCES = {
    "outcome.raised": (
        "这里应该返回结果，你的函数却抛出了 `{exception}`。先看错误回溯里属于你自己代码的最后一行。"
    ),
    "outcome.ended": "这次调用既没有返回，也没有抛出异常：{ending}。",
    "outcome.not_raised": ("这个输入不合法，函数应该抛出 `{expected}`，而你的函数照常返回了结果。"),
    "outcome.other_exception": (
        "这里抛出异常是对的，但类型应该是 `{expected}`，你抛出的是 `{got}`。"
    ),
    "type.none": (
        "`{path}` 是 None，而这里应该是 {expected}。"
        "多半是漏写了 `return`，或者拿了原地操作方法的返回值。"
    ),
    "type.not_none": ("`{path}` 应该是 None，却是 {got}：这个函数只做原地修改，不返回任何东西。"),
    "type.parameter": (
        "`{path}` 是普通张量，而这里应该是 Parameter。"
        "只有用 `nn.Parameter` 包装过，`parameters()` 和优化器才找得到它。"
    ),
    "type.not_parameter": (
        "`{path}` 是 Parameter，而这里应该是普通张量：要返回由参数算出的结果，而不是参数本身。"
    ),
    "type.array": (
        "`{path}` 是 NumPy 数组，而这里应该是张量。数组不带梯度，也只能放在 CPU 上。"
        "请全程使用 torch，或者最后用 `torch.from_numpy` 转回来。"
    ),
    "type.number_for_tensor": (
        "`{path}` 是一个 Python 数（{got}），而这里应该是 {expected}。"
        "`.item()`、`float()` 和 `len()` 会离开 torch，梯度也就此中断。"
    ),
    "type.tensor_for_number": (
        "`{path}` 是 {got}，而这里应该是一个 Python 数（{expected}）。"
        "对只有一个元素的张量，用 `.item()` 取出里面的数。"
    ),
    "type.number": (
        "`{path}` 的类型是 {got}，而这里应该是 {expected}：数也许没错，但 Python 类型不对。"
        "`/` 得到 float，`//` 得到 int，比较得到 bool。"
    ),
    "type.sequence": (
        "`{path}` 是 {got}，而这里应该是 {expected}。列表和元组即使内容相同，也是不同的类型。"
    ),
    "type.container": (
        "`{path}` 是单独一个 {got}，而这里应该是 {expected}：要把几个结果一起返回。"
    ),
    "type.module": "`{path}` 是 {got} 类的模块，而这里应该是 {expected}。",
    "type.differs": "`{path}` 是 {got}，而这里应该是 {expected}。",
    "type.length": ("`{path}` 是长度为 {got_count} 的 {kind}，而长度应该是 {expected_count}。"),
    "type.keys_missing": "`{path}` 缺少这些键：{names}。",
    "type.keys_extra": "`{path}` 多出了这些键：{names}。",
    "type.states_missing": (
        "模块 `{path}` 缺少这些参数或缓冲区：{names}。"
        "只有 `nn.Parameter`、子模块和 `register_buffer` 才会登记，"
        "放在普通列表里的模块是找不到的。"
    ),
    "type.states_extra": "模块 `{path}` 多出了这些参数或缓冲区：{names}。",
    "type.opaque.unknown": ("`{path}` 是 {got}，这种类型不能作为答案，这里应该是 {expected}。"),
    "type.opaque.subclass": (
        "`{path}` 是子类 {got} 的实例，而这里只接受 {expected} 本身，请返回普通的对象。"
    ),
    "type.opaque.layout": (
        "`{path}` 是 {got}，属于稀疏等非稠密布局，而这里应该是 {expected}。"
        "用 `.to_dense()` 可以转成普通张量。"
    ),
    "type.opaque.device": (
        "`{path}` 所在的设备不保存数值（{got}），例如 `meta`；"
        "这里应该是 {expected}，里面要有真正的数。"
    ),
    "type.opaque.too_deep": "`{path}` 嵌套太深，无法查看；这里应该是 {expected}。",
    "type.opaque.too_many": (
        "返回的对象太多，从 `{path}` 起无法查看。请返回一个张量，而不是成千上万个对象。"
    ),
    "type.opaque.too_large": "`{path}` 太大，无法查看；这里应该是 {expected}。",
    "type.opaque.unreadable": "`{path}` 无法读取；这里应该是 {expected}。",
    "shape.ones": (
        "`{path}` 的形状是 {got}，应该是 {expected}，差别只在大小为 1 的维度。"
        "看看 `keepdim`、`unsqueeze` 和 `squeeze`，或者是不是某次索引去掉了一个维度。"
    ),
    "shape.order": (
        "`{path}` 的形状是 {got}，应该是 {expected}：各维大小都对，顺序不对。"
        "检查 `transpose`、`permute`，以及各个运算的 `dim`。"
    ),
    "shape.elements": (
        "`{path}` 的形状是 {got}，应该是 {expected}：元素个数相同，排法不同。"
        "检查 `reshape`、`view` 和 `flatten`。"
    ),
    "shape.rank": (
        "`{path}` 的形状是 {got}，应该是 {expected}：维数本身就不对。"
        "可能是归约时漏了 `dim`，也可能是广播多出了一维。"
    ),
    "shape.sizes": (
        "`{path}` 的形状是 {got}，应该是 {expected}：维数对，大小不对。"
        "顺着每一步运算，把形状推一遍。"
    ),
    "dtype.only": (
        "`{path}` 的数值是对的，但数据类型是 {got}，应该是 {expected}。"
        "可以在创建张量时指定 dtype，或者用 `.to(torch.{expected})` 转换。"
    ),
    "dtype.mask": (
        "`{path}` 的数据类型是 {got}，而这里应该是 bool 掩码。"
        "比较运算直接就得到掩码；拿整数去索引是按位置取元素，不是按掩码筛选。"
    ),
    "dtype.integer": (
        "`{path}` 的数据类型是 {got}，应该是 {expected}。由 Python 整数创建的张量是整数张量，"
        "整数运算会丢掉小数部分，请从浮点数开始算。"
    ),
    "dtype.floating": (
        "`{path}` 的数据类型是 {got}，应该是 {expected}。"
        "`/` 和 `mean` 得到的是浮点数，而索引和计数要用整数。"
    ),
    "dtype.double": (
        "`{path}` 的数据类型是 float64，应该是 float32。"
        "它多半来自 NumPy 数组：NumPy 默认用 float64，torch 默认用 float32。"
    ),
    "dtype.differs": (
        "`{path}` 的数据类型是 {got}，应该是 {expected}。"
        "两种数据类型一起运算时会提升到更宽的一种，找找 {got} 是从哪里混进来的。"
    ),
    "device.differs": (
        "`{path}` 在 {got} 上，应该在 {expected} 上。"
        "新建的张量默认放在 CPU 上，创建时请写明 `device=x.device`。"
    ),
}
