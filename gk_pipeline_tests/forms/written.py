"""The forms as the domain reference writes them, spelled out: codes and labels of every item and measure."""

SECTIONS = {
    "overview": "总体情况",
    "proactive_disclosure": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "review_litigation": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other_matters": "其他需要报告的事项",
}

STOCK = {"items_previous_year": "上一年项目数量", "items_change": "本年增/减"}

DISCLOSURE = {
    "2019": [
        (
            {"made": "本年新制作数量", "newly_disclosed": "本年新公开数量", "total_disclosed": "对外公开总数量"},
            {"regulations": "规章", "normative_documents": "规范性文件"},
        ),
        ({**STOCK, "decisions": "处理决定数量"}, {"licensing": "行政许可", "other_services": "其他对外管理服务事项"}),
        ({**STOCK, "decisions": "处理决定数量"}, {"penalties": "行政处罚", "coercion": "行政强制"}),
        (STOCK, {"fees": "行政事业性收费"}),
        ({"projects": "采购项目数量", "amount": "采购总金额"}, {"procurement": "政府集中采购"}),
    ],
    "2021": [
        (
            {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"},
            {"regulations": "规章", "normative_documents": "行政规范性文件"},
        ),
        ({"decisions": "本年处理决定数量"}, {"licensing": "行政许可"}),
        ({"decisions": "本年处理决定数量"}, {"penalties": "行政处罚", "coercion": "行政强制"}),
        ({"amount": "本年收费金额"}, {"fees": "行政事业性收费"}),
    ],
}
"""The parts of the table in print order: measures and items of each."""

APPLICANTS = {
    "natural_person": "自然人",
    "commercial_enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_welfare_organization": "社会公益组织",
    "legal_service_organization": "法律服务机构",
    "other_organization": "其他",
    "total": "总计",
}

GROUPS = {
    "refused": {
        "refused_state_secret": "属于国家秘密",
        "refused_law_prohibits": "其他法律行政法规禁止公开",
        "refused_security_stability": "危及“三安全一稳定”",
        "refused_third_party": "保护第三方合法权益",
        "refused_internal_affairs": "属于三类内部事务信息",
        "refused_deliberative": "属于四类过程性信息",
        "refused_enforcement_file": "属于行政执法案卷",
        "refused_administrative_query": "属于行政查询事项",
    },
    "unavailable": {
        "unavailable_not_held": "本机关不掌握相关政府信息",
        "unavailable_needs_creation": "没有现成信息需要另行制作",
        "unavailable_still_unclear": "补正后申请内容仍不明确",
    },
    "not_processed": {
        "not_processed_petition": "信访举报投诉类申请",
        "not_processed_duplicate": "重复申请",
        "not_processed_publication": "要求提供公开出版物",
        "not_processed_abusive": "无正当理由大量反复申请",
        "not_processed_reissue": "要求行政机关确认或重新出具已获取信息",
    },
}

OTHER = {
    "2019": {"other": "其他处理"},
    "2021": {
        "other_not_supplemented": "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "other_fee_unpaid": "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "other_miscellaneous": "其他",
    },
}


def outcomes(form: str) -> dict[str, str]:
    """The rows of 三、本年度办理结果 before their total."""
    granted = {
        "granted": "予以公开",
        "partly_granted": "部分公开(区分处理的,只计这一情形,不计其他情形)",
    }
    return {**granted, **GROUPS["refused"], **GROUPS["unavailable"], **GROUPS["not_processed"], **OTHER[form]}


def applications(form: str) -> dict[str, str]:
    """Every row of the table in print order."""
    return {
        "received": "本年新收政府信息公开申请数量",
        "carried_in": "上年结转政府信息公开申请数量",
        **outcomes(form),
        "outcomes_total": "总计",
        "carried_out": "结转下年度继续办理",
    }


REVIEW_MEASURES = {
    "upheld": "结果维持",
    "overturned": "结果纠正",
    "other_result": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
REVIEW_ITEMS = {
    "administrative_review": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_review": "复议后起诉",
}
