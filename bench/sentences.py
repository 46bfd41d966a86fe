"""Sentences as bodies write them about their tables, and others with numbers that no table holds.

In a template a cell or a sum of cells stands in braces: `{received}` is the row's total, `{received.natural_person}`
one of its cells, `{administrative_review.upheld}` one of the other table. `{we}` is the body as it speaks of itself,
`{year}` its year, `{a}`, `{b}`, `{c}` are numbers that no table holds, `{many}` is more than the body has of anything.
A cell behind `?` is said with words that let it count something else (按时办结, 胜诉, 本机关不掌握 without 不存在).
`{more}` and `{grown}` are what changed since last year, when `{before}` were received.
"""

OPENING = (
    "{year}年，{we}收到政府信息公开申请{received}件",
    "{year}年度，{we}共收到政府信息公开申请{received}件",
    "全年共收到依申请公开{received}件",
    "本年度，{we}新收政府信息公开申请{received}件",
    "{we}严格落实《中华人民共和国政府信息公开条例》，规范办理流程，全年收到政府信息公开申请{received}件",
    "今年以来，按照上级部署，做好依申请公开工作。{year}年共收到申请{received}件",
    "依申请公开方面，{we}{year}年新收到政府信息公开申请{received}件",
    "（二）依申请公开情况。{year}年{we}共接收政府信息公开申请{received}件",
    "二是规范依申请公开。年内收到公民、法人和其他组织提出的政府信息公开申请共计{received}件",
    "{year}年，{we}共受理政府信息公开申请{received}件",
    "全年共办理政府信息公开申请{received+carried_in}件",
    "{we}全年受理依申请公开政府信息{received}件",
    "{year}年{we}共收到{received}件政府信息公开申请",
    "全年收到和处理政府信息公开申请{received}件",
    "（一）依申请公开办理情况。{year}年{we}收到申请{received}件",
)
LIMITED = (
    "{year}年，{we}通过网络、信函等方式收到政府信息公开申请{?received}件",
    "通过政府网站依申请公开平台、现场、邮寄等渠道共收到政府信息公开申请{?received}件",
    "{we}各科室协同配合，收到申请人提交的政府信息公开申请{?received}件",
)
CARRIED = (
    "，上年结转{carried_in}件",
    "，结转上年度申请{carried_in}件",
    "，另有上年度结转申请{carried_in}件",
    "，{carried_in}件为上年结转",
    "，另有{carried_in}件由上年结转",
)
APPLICANTS = (
    "，其中自然人{received.natural_person}件，商业企业{received.commercial_enterprise}件",
    "。其中，自然人申请{received.natural_person}件，法人或其他组织申请{received.legal_persons}件",
    "（其中自然人{received.natural_person}件、法律服务机构{received.legal_service_organization}件）",
    "，其中：自然人提出{received.natural_person}件、商业企业提出{received.commercial_enterprise}件、科研机构提出"
    "{received.research_institution}件、社会公益组织提出{received.public_welfare_organization}件、法律服务机构提出"
    "{received.legal_service_organization}件",
)
CLOSED = (
    "，{year}年办结政府信息公开申请{outcomes_total}件",
    "，已全部办结或按期结转，办结{outcomes_total}件",
    "，全年办结申请{outcomes_total}件",
    "，已答复{outcomes_total}件",
    "。{year}年共答复申请{outcomes_total}件",
    "，按时办结{?outcomes_total}件",
    "；办结政府信息公开申请{outcomes_total}件",
)
OUTCOMES = (
    "，予以公开、部分公开、不予公开分别为{granted}件、{partly_granted}件、{refused}件",
    "，其中予以公开和部分公开的分别为{granted}件和{partly_granted}件，重复申请{not_processed_duplicate}件",
    "，其中予以公开{granted}件，部分公开{partly_granted}件，不予公开{refused}件，无法提供{unavailable}件，"
    "不予处理{not_processed}件，其他处理{other_processed}件",
    "。其中，予以公开的{granted}件、部分公开的{partly_granted}件、不予公开的{refused}件、无法提供的{unavailable}件、"
    "不予处理的{not_processed}件、其他处理的{other_processed}件",
    "，其中：予以公开{granted}件，占{granted%outcomes_total}%；部分公开{partly_granted}件，占"
    "{partly_granted%outcomes_total}%；本机关不掌握{?unavailable_not_held}件",
    "。办理结果为：予以公开{granted}件；部分公开{partly_granted}件；不予公开{refused}件；无法提供{unavailable}件",
    "。在作出的答复中，予以公开{granted}件，决定部分公开{partly_granted}件，依法不予公开{refused}件，信息不存在等"
    "无法提供{?unavailable}件",
    "，予以公开、部分公开共计{granted+partly_granted}件，不予公开{refused}件",
)
CARRIED_ON = (
    "，结转下年度继续办理{carried_out}件",
    "，{carried_out}件结转下年度办理",
    "，结转下一年度{carried_out}件",
    "，转下年继续办理{carried_out}件",
    "，其余{carried_out}件结转至下一年度继续办理",
)
SHARES = (
    "从办理结果看，予以公开占{granted%outcomes_total}%，无法提供占{unavailable%outcomes_total}%。",
    "在办结的申请中，不予公开的占比为{refused%outcomes_total}%。",
    "予以公开和部分公开占办结总数的{granted+partly_granted%outcomes_total}%。",
)
REVIEWS = (
    "因政府信息公开工作被申请行政复议{administrative_review.total}件，其中结果维持{administrative_review.upheld}件，"
    "结果纠正{administrative_review.overturned}件，其他结果{administrative_review.other_result}件，尚未审结"
    "{administrative_review.pending}件",
    "{year}年，因政府信息公开引发行政复议{administrative_review.total}起，维持{administrative_review.upheld}起、纠正"
    "{administrative_review.overturned}起、其他结果{administrative_review.other_result}起、未审结"
    "{administrative_review.pending}起",
    "全年因政府信息公开申请引起的行政复议案件{administrative_review.total}件",
    "政府信息公开行政复议{administrative_review.total}件（维持{administrative_review.upheld}件，纠正"
    "{administrative_review.overturned}件，尚未审结{administrative_review.pending}件）",
)
LITIGATION = (
    "；被提起行政诉讼{litigation}件，其中结果维持{litigation.upheld}件，结果纠正{litigation.overturned}件，尚未审结"
    "{litigation.pending}件。",
    "；行政诉讼{litigation}起，胜诉{?litigation.upheld}起，败诉{?litigation.overturned}起。",
    "，行政诉讼案件{litigation}件。",
    "；未经复议直接起诉{litigation_direct.total}件，复议后起诉{litigation_after_review.total}件。",
)
DISCLOSED = (
    "全年主动公开政府信息{whole}条，其中政府网站公开{p}条，政务新媒体公开{q}条，其他方式公开{r}条。",
    "{year}年，{we}主动公开各类政府信息{whole}条。其中，概况类{p}条，政策文件类{q}条，业务工作类{r}条，召开新闻发布会{a}场。",
    "{we}通过门户网站发布信息{whole}条，其中动态类{p}条、公告类{q}条；回复群众留言{many}条。",
)

ELSEWHERE = (
    "{we}收到政府信息公开申请{received}件，其中涉及土地的{a}件，予以公开{b}件；涉及规划的{c}件，予以公开{a}件。",
    "{year}年，{we}收到政府信息公开申请{received}件（自然人{received.natural_person}件，予以公开{granted.natural_person}件）。",
    "{we}收到政府信息公开申请{received}件，自然人提出{received.natural_person}件，予以公开{granted.natural_person}件，部分公开"
    "{partly_granted.natural_person}件。",
    "{we}收到政府信息公开申请{received}件，收到咨询{a}次，撤回{b}件，办结{c}件。",
    "{we}收到政府信息公开申请{received}件，其中网上申请{a}件，予以公开{b}件，信函申请{c}件，不予公开{a}件。",
    "{year}年，{we}收到政府信息公开申请{received}件，自然人申请增长{a}%，比前年增长{b}%，高于全省平均增长{c}%。",
    "{we}收到政府信息公开申请{received}件。对拟发文件标注公开属性，予以公开{a}件，不予公开{b}件。",
    "{we}收到政府信息公开申请{received}件。全年共答复{a}件热线。",
    "{we}收到政府信息公开申请{received}件，行政复议{a}件，其中因信息公开引起{administrative_review.total}件。",
    "{we}机关收到政府信息公开申请{a}件，所属单位收到{b}件。",
    "{we}{last}年、{year}年分别收到政府信息公开申请{a}件、{received}件。",
    "{year}年，{we}公开信息{b}条，其中门户网站{many}条，通知公告{a}条，工作动态{c}条。",
    "{year}年，{we}公开信息{a}条，其中一季度{many}条、上半年{many}条。",
    "{year}年，{we}公开信息{a}条，其中较去年增加{many}条的栏目{b}个。",
    "全年未收到政府信息公开申请方面的投诉，未发生网络舆情，行政诉讼无败诉。",
    "下半年未收到政府信息公开申请。",
    "县公安局未收到政府信息公开申请。",
    "{last}年，{we}收到政府信息公开申请{a}件，予以公开{b}件。",
    "去年同期收到政府信息公开申请{a}件。",
    "上年共办结政府信息公开申请{a}件，其中予以公开{b}件，不予公开{c}件。",
    "自2008年以来，累计收到政府信息公开申请{many}件。",
    "截至目前，累计受理政府信息公开申请{many}件，办结{many}件。",
    "{year}年上半年，收到政府信息公开申请{a}件。",
    "{year}年12月当月收到政府信息公开申请{a}件。",
    "近三年共收到政府信息公开申请{many}件，答复率100%。",
    "下属单位共收到政府信息公开申请{a}件。",
    "各乡镇（街道）共办理依申请公开件{a}件，予以公开{b}件。",
    "县教育局收到政府信息公开申请{a}件，办结{b}件。",
    "指导各部门办理政府信息公开申请{a}件。",
    "通过网络平台收到政府信息公开申请{a}件，当面申请{b}件，信函申请{c}件。",
    "协助市政府办公室办理政府信息公开申请{a}件。",
    "涉及征地拆迁的政府信息公开申请{a}件。",
    "受理低保申请{many}件，办结{many}件。",
    "全年受理行政许可申请{many}件，办结{many}件，按时办结率100%。",
    "答复人大代表建议{a}件、政协委员提案{b}件，办结率和满意率均为100%。",
    "办理群众来信来访{a}件，12345热线工单{many}件，答复网民留言{b}条。",
    "收到意见建议{a}条，采纳{b}条。",
    "全年办理行政复议案件{many}件，其中维持{a}件，纠正{b}件。",
    "行政复议机构共审结行政复议案件{many}件，行政应诉案件{a}件，胜诉{b}件。",
    "法院受理以本机关为被告的行政诉讼{a}件。",
    "依据《条例》第二十条、第二十一条和国办公开办函〔2021〕30号文件，梳理公开事项{a}项。",
    "发布政策解读{a}篇，召开新闻发布会{b}场，举办培训班{c}期，培训{many}人次。",
    "公开财政预决算信息{a}条，占本部门信息总量的{b}%。",
    "政府网站访问量{many}万人次，微信公众号推送信息{many}条。",
    "公开电话：0558-5555840，邮编：236800。",
    "规范性文件及政策解读各{a}件，制发规范性文件{b}件，废止{c}件。",
    "全年作出行政许可{a}件、行政处罚{b}件。",
    "对{a}件规范性文件予以公开，对{b}份会议材料不予公开。",
    "予以公开的重大决策事项{a}件。",
    "收到申请{a}件次，接待查阅{b}人次。",
    "一次性告知补正申请{a}件。",
    "申请内容主要为土地征收、工程建设等，其中土地类申请{a}件，规划类申请{b}件。",
    "约有{a}余件政府信息公开申请来自同一申请人。",
    "比上年减少{a}件。",
    "审核公文{many}件，予以公开{a}件，不予公开{b}件。",
    "对{many}件公文进行公开属性审核，其中主动公开{a}件，依申请公开{b}件，不予公开{c}件。",
    "拟稿公文明确公开属性，主动公开{a}件、依申请公开{b}件、不予公开{c}件。",
    "公开了{a}件提案，其中予以公开{b}件，不予公开{c}件。",
    "收到各类申请{many}件，全部按时办结。",
    "受理信访事项{a}件，办结{a}件，答复群众诉求{b}件。",
    "收到行政复议申请书{a}件，其中政府信息公开类{b}件。",
    "承办上级受理的政府信息公开行政复议答复{a}件。",
    "第一季度收到政府信息公开申请{a}件，第二季度收到政府信息公开申请{b}件。",
    "1-6月收到政府信息公开申请{a}件，7-12月收到政府信息公开申请{b}件。",
    "自{year}年5月1日起施行新办法以来，收到政府信息公开申请{a}件，办结{b}件。",
    "收到申请后5个工作日内答复{a}件，10个工作日内答复{b}件。",
    "其中涉及土地征收类{a}件，涉及房屋拆迁类{b}件。",
    "属于已主动公开范围{a}件，同意公开{b}件，不属于本机关公开{c}件。",
    "政府信息公开申请表下载{a}次，公开查阅点接待申请人{b}人次。",
    "转办至责任单位政府信息公开申请{a}件。",
    "{last}年全年和上年相比，收到政府信息公开申请数量增加了{a}件。",
    "答复的政府信息公开申请中涉及{last}年信息的{a}件。",
    "逾期答复政府信息公开申请{a}件。",
    "依申请公开平台新注册用户{a}个，在线提交申请{b}件。",
)
MORE_THAN_LAST_YEAR = (
    "，比上年{more}",
    "，较去年{more}，{grown}",
    "，同比{grown}",
    "，与{last}年相比{more}",
    "（{last}年为{before}件）",
    "，比去年的{before}件{more}",
)
