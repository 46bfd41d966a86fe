"""The words of the pages that the terminal does not need, in both languages."""

from collections.abc import Mapping

from gk_pipeline.pictures.pages.said import Said
from gk_pipeline.pictures.words import STATUS, VERDICT

STATUS_SAID: Mapping[str, Said] = {
    **{code: Said(STATUS["zh"][code], STATUS["en"][code]) for code in STATUS["zh"]},
    "settled": Said("相邻年度判定", "settled"),
}
STATUS_MEANS: Mapping[str, Said] = {
    "verified": Said("至少一个等式成立", "an equality holds with it"),
    "unverified": Said(
        "没有等式可以检验，或等式已用来补全这一行",
        "no equality can test it, or its sums were needed to fill the row",
    ),
    "deduced": Said("没有印出，由等式推出", "not printed; the sums leave this value"),
    "corrected": Said("等式只容许另一个数，或由人核定", "the sums leave another number, or a person decided"),
    "disputed": Said("与等式矛盾，哪个数有误不能判定", "contradicts a sum; which number is wrong is open"),
    "missing": Said("没有数字，也推不出", "no number, and none follows"),
    "settled": Said("由相邻年度的报告判定", "a neighbouring year's report decides"),
}
VERDICT_SAID: Mapping[str, Said] = {code: Said(VERDICT["zh"][code], VERDICT["en"][code]) for code in VERDICT["zh"]}
CAUSE: Mapping[str, Said] = {
    "publisher": Said("填报时的差错", "the publisher's slip"),
    "transmission": Said("复制或转换时造成", "lost in copying or conversion"),
    "reader": Said("识别文字时造成", "misread in a picture"),
    "unknown": Said("原因不明", "cause unknown"),
}
SEVERITY: Mapping[str, Said] = {
    "error": Said("错误", "error"),
    "warning": Said("警告", "warning"),
    "note": Said("提示", "note"),
}
SCOPE: Mapping[str, Said] = {
    "own": Said("本机关", "the body's own figures"),
    "consolidated": Said("全辖区汇总", "a whole area's figures"),
    "unknown": Said("统计范围不明", "scope unknown"),
}
FLOW_SAID: Mapping[str, Said] = {
    "received": Said("本年新收", "received"),
    "carried_in": Said("上年结转", "carried in"),
    "decided": Said("办理结果总计", "decided"),
    "carried_out": Said("结转下年度", "carried out"),
}
"""The counts of requests, by code."""
KIND_SAID: Mapping[str, Said] = {
    "bodies": Said("各机关的报告", "Reports of bodies"),
    "areas": Said("全辖区汇总的报告", "Reports of whole areas"),
}
"""The kinds of reports that are added up apart."""
KIND_MEANS: Mapping[str, Said] = {
    "bodies": Said(
        "{n} 份报告，其中 {unknown} 份没有写明统计范围，按本机关的数计算。全辖区汇总的报告不在内。",
        "{n} reports; {unknown} of them do not say whose figures they hold and are taken for the body's own. Reports "
        "of whole areas are not among them.",
    ),
    "areas": Said(
        "{n} 份报告，数字包含下级机关，可能与各机关的报告重复，不能与之相加。",
        "{n} reports, whose figures include the bodies below: they may repeat those of bodies and must not be added to "
        "them.",
    ),
}
SENTENCES = Said("正文所说的数与表格一致", "numbers of sentences agree with the tables")

WORDS: Mapping[str, Said] = {
    "audit": Said("抽样复核", "Audit"),
    "audit_drawn": Said(
        "从 {population} 个“已核实”的单元格中随机抽取 {size} 个",
        "{size} cells drawn by chance from {population} verified ones",
    ),
    "audit_how": Said(
        "请打开公布的原件，在所示位置与原件比较，不要与这里的摘录比较：摘录也是程序读出来的。"
        "勾完后保存，再运行 gk audit --ticks 文件名。",
        "Open the published document at the place shown and compare with it, not with the quotation, which the program "
        "read too. Save when all are ticked, then run gk audit --ticks FILE.",
    ),
    "audit_value": Said("核实为", "verified as"),
    "audit_right": Said("与原件一致", "as published"),
    "audit_wrong": Said("与原件不符", "not as published"),
    "audit_unclear": Said("不能判断", "cannot tell"),
    "audit_save": Said("保存结果", "Save the ticks"),
    "audit_done": Said("已勾", "ticked"),
    "site": Said("政府信息公开年度报告核对", "Disclosure reports, checked"),
    "check": Said("报告核对", "Report check"),
    "skip": Said("跳到正文", "Skip to the content"),
    "switch": Said("English", "中文"),
    "overview": Said("总览", "Overview"),
    "all_reports": Said("全部报告", "All reports"),
    "legend": Said("单元格状态", "Cells by status"),
    "to_look_at": Said("需要核对的地方", "What to look at"),
    "nothing": Said("没有发现问题。", "Nothing found."),
    "unread": Said("没有读到可以核对的报告。", "There is no report here that could be checked."),
    "warned": Said(
        "没有必须改正的错误，但请查看下面的提示。", "No law of the form is broken, but look at the findings below."
    ),
    "faulty": Said("公布的数字有 {broken} 处勾稽关系不成立。", "Broken laws of the form, as printed: {broken}."),
    "broken": Said("不成立的勾稽关系", "Broken laws"),
    "broken_how": Said(
        "指向或选中一条，表中有关的单元格即标出 + 和 =；红线是它所在的行或列。",
        "Point at one or move to it: its cells are marked with + and =. Red lines show its row or column.",
    ),
    "corrections": Said("更正", "Corrections"),
    "disputes": Said("存疑", "Disputes"),
    "explanation": Said("解释 {n}", "Explanation {n}"),
    "explanations": Said("有 {n} 种同样简单的解释，勾稽关系不能判定是哪一种", "{n} explanations are equally small"),
    "explanations_open": Said(
        "找到 {n} 种解释，可能还有其他同样简单的解释", "{n} explanations were found; there may be others as small"
    ),
    "decided": Said("按人工核对的数，这里就应如此", "so it would have to be if a person's decision is right"),
    "more_rivals": Said("还有 {n} 种解释，没有列出。", "{n} more are not listed."),
    "elsewhere": Said("没有列出的解释还可能涉及：", "Explanations that are not listed may also change "),
    "unexplained": Said("存疑，没有列出解释的数", "Disputed numbers that no listed explanation changes"),
    "rivals": Said("其他同样简单的解释：{changes}", "Other explanations as small: {changes}"),
    "first_look": Said("先看这里", "Look here first"),
    "stands_in": Said("{laws} 处不成立的勾稽关系里，{n} 处有它", "stands in {n} of {laws} broken laws"),
    "lost_rows": Said("读不出哪个数字属于哪个单元格的行", "Rows whose numbers could not be told apart"),
    "aligned": Said(
        "数字个数与列数不符、按勾稽关系读出的行", "Rows read by the laws: values and cells differ in number"
    ),
    "row_prints": Said("这一行印的是", "the row prints"),
    "no_number": Said("没有数字的单元格", "Cells without a number"),
    "blanks": Said("没有填写的单元格，按勾稽关系应填的数", "Blank cells, and what belongs there by the sums"),
    "blanks_many": Said(
        "有 {n} 个单元格没有填写，分在 {rows} 行，其中应为 0 的 {zeros} 个；表中括号里是应填的数。",
        "{n} cells in {rows} rows print no number; {zeros} of them must be 0. The tables show the value in brackets.",
    ),
    "sentences": Said("与表格不符或前后不符的正文", "Sentences that contradict the tables or themselves"),
    "findings": Said("其他提示", "Other findings"),
    "cell": Said("单元格", "cell"),
    "cause": Said("原因", "cause"),
    "why": Said("理由", "why"),
    "row": Said("行", "row"),
    "is_status": Said("状态", "status"),
    "law": Said("勾稽关系", "law"),
    "years": Said("年度", "years"),
    "where": Said("位置", "where"),
    "tables": Said("公布的表格", "The tables as published"),
    "form_of": Said("{code}年表式", "form of {code}"),
    "row_laws": Said("行内等式", "in the row"),
    "prose": Said("正文中的数", "Numbers in the text"),
    "prose_how": Said(
        "只列出有句子的段落；表格中的行不重复列出。",
        "Paragraphs with sentences; lines of the tables are not repeated.",
    ),
    "holds": Said("与表格一致", "agrees"),
    "contradicts": Said("不符", "contradicts"),
    "nearly": Said("相差不到末位一个单位", "off by less than one in the last place"),
    "open": Said("无法判断", "cannot be judged"),
    "neighbours": Said("相邻年度", "The years before and after"),
    "neighbours_held": Said(
        "与相邻年度对照 {n} 处：成立 {holds} 处，不成立 {broken} 处，无法判断 {open} 处。",
        "Held against neighbouring years in {n} places: {holds} hold, {broken} broken, {open} cannot be judged.",
    ),
    "this_year": Said("本年", "this year's side"),
    "last_year": Said("上年", "last year's side"),
    "explained": Said("已由更正或相邻年度解释", "explained by a correction or a neighbouring year"),
    "year_before": Said("上一年 {year}", "{year}, the year before"),
    "year_after": Said("下一年 {year}", "{year}, the year after"),
    "counts_instead": Said(
        "同一机关同一年度以另一份报告为准。", "Another report of this body and year counts instead."
    ),
    "the_other": Said("打开那一份", "Open that one"),
    "vetoed": Said(
        "{why}但相邻年度的报告与它不符，不能采信；见“相邻年度”。",
        "{why} But a neighbouring year contradicts it: it is not to be trusted. See the years before and after.",
    ),
    "only_simplest": Said("表内等式只有这一种最简单的更正。", "The sums of the form leave this correction."),
    "unnamed": Said(
        "这份报告没有写明机构，不计入任何汇总。", "The report names no body, so that it stands in no total."
    ),
    "left_out": Said(
        "这份报告的年度与所在文件夹不同，移到相应文件夹之前不计入数据。",
        "The report is about another year than its folder and stays out of the facts until it is moved.",
    ),
    "published_on": Said("发布 {on}", "published {on}"),
    "made": Said(
        "公布的数字一律照原样保留；应填的数由表内等式得出。",
        "Published numbers are kept as printed; what must be is what the sums of the form leave.",
    ),
    "pages_of_site": Said("网站", "Site"),
    "year": Said("{year}年", "{year}"),
    "year_word": Said("年度", "year"),
    "body": Said("机构", "body"),
    "search": Said("机构名称", "name of the body"),
    "narrow": Said("只看", "show only"),
    "narrow_all": Said("全部", "all"),
    "narrow_doubt": Said("有存疑或缺失的单元格", "with cells in doubt"),
    "narrow_corrected": Said("有更正", "with corrections"),
    "narrow_broken": Said("有不成立的等式", "with broken laws of the form"),
    "narrow_sentences": Said("正文与表不符", "with contradicting sentences"),
    "narrow_notices": Said("有其他警告", "with other warnings"),
    "shown": Said("份报告", "reports"),
    "no_match": Said("没有符合条件的报告。", "No report matches."),
    "n_open": Said("存疑或缺失", "in doubt"),
    "n_corrected": Said("更正", "corrected"),
    "n_broken": Said("不成立", "broken laws"),
    "n_sentences": Said("正文不符", "sentences"),
    "n_notices": Said("其他警告", "other warnings"),
    "not_counted": Said("不计入汇总", "in no total"),
    "only_current": Said(
        "合计只取每个机关每年现行的一份报告，全辖区汇总的报告另行合计。一组数里只要有一个存疑或缺失，这份报告就不计入这一组，"
        "因此占比的各部分与总计出自同样的报告。",
        "Totals take the one report that counts for a body and year; reports of whole areas are added up apart. A "
        "report with one number of a group in doubt is left out of the whole group, so that parts and their total are "
        "of the same reports.",
    ),
    "stands_on": Said("{m} 份报告中的 {n} 份", "{n} of {m} reports"),
    "none_sure": Said("没有一份报告的这组数全部可靠。", "No report has all of these numbers for sure."),
    "starred": Said("* 有的报告存疑，未计入。", "* some reports are in doubt and left out."),
    "files": Said("文件 {n_files} 个，其中未能读取 {n_refused} 个", "{n_files} files, {n_refused} refused"),
    "n_duplicates": Said("，与其他文件完全相同 {n} 个", ", {n} copies of others"),
    "n_skipped": Said("（另有 {n} 个不是文档，已跳过）", " ({n} more are no documents and were skipped)"),
    "unread_files": Said("没有读出报告的文件", "Files without a report"),
    "unread_list": Said("文件与原因", "Files and reasons"),
    "unread_how": Said(
        "不能读取，或没有认出报告；其中的数字都没有采用。",
        "They could not be read, or no report was recognised in them: nothing of them is in the data.",
    ),
    "reports_of": Said(
        "报告 {n_reports} 份，其中核对无误 {n_perfect} 份；计入汇总 {n_current} 份，未写明机构 {n_unnamed} 份",
        "{n_reports} reports, {n_perfect} without a fault; {n_current} are in the totals, {n_unnamed} name no body",
    ),
    "n_replaced": Said("，以同一机关另一份为准 {n} 份", ", instead of {n} another one of the body counts"),
    "n_refiled": Said("，属于其他年度、未予采用 {n} 份", ", {n} about another year and left out"),
    "number": Said("数", "number"),
    "of_flow": Said("前四项出自", "these four are of"),
    "row_of": Said("项目", "row"),
    "share": Said("占比", "share"),
    "reports": Said("报告", "reports"),
    "n_counted": Said("计入汇总的报告", "reports in the totals"),
    "flow": Said("申请的收到与办理", "Requests and outcomes"),
    "backlog": Said("结转的申请", "Requests carried over"),
    "outcomes": Said("办理结果", "Outcomes"),
    "outcome": Said("结果", "outcome"),
    "reasons": Said("未予公开的情形，由多到少", "Why nothing was given, most often first"),
    "reason": Said("情形", "reason"),
    "applicants": Said("申请人", "Applicants"),
    "reviews": Said("行政复议和行政诉讼", "Reviews and lawsuits"),
    "appeals": Said(
        "行政复议 {reviews} 件，其后起诉的 {after} 件；未经复议直接起诉的 {direct} 件。这些案件也可能针对往年的申请。",
        "{reviews} administrative reviews, {after} lawsuits that followed one, and {direct} lawsuits without a review. "
        "They may be about applications of earlier years.",
    ),
    "funnel": Said("公开的比例与办理的件数", "Share granted against number of decisions"),
    "funnel_how": Said(
        "横轴是办理结果总计（对数刻度），纵轴是予以公开和部分公开所占的比例。中线是各机关合计的比例 {share}。"
        "虚线之内是单凭偶然有 95% 的机关所在之处，实线之内是 99.8%（二项分布，精确计算）。"
        "件数少的机关，比例高低多出于偶然，因此不排名次。在实线之外只说明值得一看。",
        "Across: decisions, on a logarithmic scale. Up: the share granted in full or in part. The middle line is "
        "the share of all bodies together, {share}. By chance alone 95 % of bodies lie within the dashed lines and "
        "99.8 % within the solid ones (exact binomial limits). With few cases a share is mostly chance: so no body is "
        "ranked, and to lie outside only means that it is worth a look.",
    ),
    "funnel_more": Said(
        "各机关本来就有差别，实际的高低大于这种偶然，因此会有超过 0.2% 的机关在实线之外。",
        "Real bodies differ by more than such chance, so that more than 0.2 % of them lie outside the solid lines.",
    ),
    "funnel_of": Said(
        "{n} 个机关；另有 {left} 个没有办理，或有关的单元格存疑，没有画出。",
        "{n} bodies; {left} more decided nothing or have these cells in doubt and are not drawn.",
    ),
    "far": Said("在 99.8% 界限之外的机关", "Bodies beyond the 99.8 % limits"),
    "within": Said("界限之内", "within the limits"),
    "granted": Said("公开（含部分）", "granted, in part too"),
    "laws_held": Said("勾稽关系", "Laws"),
    "pass_rate": Said("成立的比例", "held"),
    "n_holds": Said("成立", "holds"),
    "n_used": Said("用于推算", "used"),
    "n_not": Said("无法判断", "open"),
    "chart_of": Said("图中数字与表相同。", "The chart shows the numbers of the table."),
    "empty_lake": Said("还没有读入报告。", "No report has been read yet."),
}
"""What stands on the pages around the numbers."""
