import Exchange
import Membership
import Pseudonym

extension ReportTables {
    var members: ReportSection {
        var sums: [MemberID: Activity] = [:]
        for (key, activity) in report.tally.activities {
            sums[key.member, default: Activity()] += activity
        }
        let sorted = sums.sorted { $0.key < $1.key }
        var section = list(
            "members", say("Volumes by member", "各成员查询量"),
            say(
                "Every exchange counts once, by the asker's log where that is among the copies, else by "
                    + "the answerer's. Evaluations are blind: who is asked about stays hidden. A hit is an "
                    + "element whose token the node's filters held.",
                "每次交换计一次：副本中有查询方日志的按查询方日志，否则按应答方日志。评估为盲评估，不显示被查主体。"
                    + "命中指其标识在该节点过滤器中。"),
            [
                column("member", "Member", "成员"), column("legal-name", "Legal name", "名称"),
                column("node", "Node", "节点"),
            ] + activityColumns,
            sorted.map { member, activity in
                [
                    cell(member), cell(report.legalNames[member]),
                    cell(report.tally.nodes[member]),
                ] + cells(activity)
            })
        section.chart = ReportSection.Chart(
            title: say("Subjects queried, by member", "各成员查询主体数"),
            bars: sorted.map { ($0.key.text, $0.value.subjects) })
        return section
    }

    var purposes: ReportSection {
        struct Key: Hashable {
            let member: MemberID
            let purpose: Purpose
        }
        var sums: [Key: Activity] = [:]
        var totals: [Purpose: Int] = [:]
        for (key, activity) in report.tally.activities {
            guard let purpose = key.purpose, activity.subjects > 0 else { continue }
            sums[Key(member: key.member, purpose: purpose), default: Activity()] += activity
            totals[purpose, default: 0] += activity.subjects
        }
        let sorted = sums.sorted {
            ($0.key.member, $0.key.purpose.rawValue) < ($1.key.member, $1.key.purpose.rawValue)
        }
        var section = list(
            "purposes", say("Purposes", "查询原因"),
            say(
                "Queries by the purpose that the asker named. An evaluation names none to its answerer.",
                "按查询方声明的查询原因统计查询；评估不向应答方说明原因。"),
            [
                column("member", "Member", "成员"), column("purpose", "Purpose", "查询原因"),
                column("hard", "Counts as inquiry", "计为硬查询"),
                column("subjects", "Subjects", "主体"), column("found", "Found", "有记录"),
                column("none", "None", "无记录"), column("refused", "Refused", "被拒"),
            ],
            sorted.map { key, activity in
                [
                    cell(key.member), .text(key.purpose.rawValue),
                    .text(key.purpose.isHard ? say("yes", "是") : say("no", "否")),
                    .count(activity.subjects), .count(activity.found), .count(activity.none),
                    .count(activity.refused),
                ]
            })
        section.chart = ReportSection.Chart(
            title: say("Subjects queried, by purpose", "各查询原因的主体数"),
            bars: totals.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                ($0.key.rawValue, $0.value)
            })
        return section
    }

    var refusals: ReportSection {
        var totals: [ReadRefusal: Int] = [:]
        for (key, count) in report.tally.refusals { totals[key.refusal, default: 0] += count }
        let sorted = report.tally.refusals.sorted {
            ($0.key.refusal, $0.key.member, $0.key.answerer)
                < ($1.key.refusal, $1.key.member, $1.key.answerer)
        }
        var section = list(
            "refusals", say("Refusals by code", "拒绝代码"),
            say(
                "From the answers in the evidence; where that is gone, nothing is counted. A request can be "
                    + "refused as a whole, a subject of it, or one lender's record of a subject.",
                "取自证据中的应答；证据已不存在的不计。拒绝范围可为整个请求、其中一个主体或某机构的一条记录。"),
            [
                column("code", "Code", "代码"), column("extent", "Of what", "范围"),
                column("member", "Member", "成员"), column("answerer", "By node", "应答节点"),
                column("count", "How often", "次数"),
            ],
            sorted.map { key, count in
                [
                    .text(key.refusal.code), .text(name(of: key.refusal.extent)),
                    cell(key.member), cell(key.answerer), .count(count),
                ]
            })
        section.chart = ReportSection.Chart(
            title: say("Refusals by code", "各拒绝代码次数"),
            bars: totals.sorted { $0.key < $1.key }.map {
                ("\($0.key.code) (\(name(of: $0.key.extent)))", $0.value)
            })
        return section
    }

    var pairs: ReportSection {
        struct Key: Hashable {
            let member: MemberID
            let answerer: NodeID
        }
        var sums: [Key: Activity] = [:]
        for (key, activity) in report.tally.activities {
            sums[Key(member: key.member, answerer: key.answerer), default: Activity()] += activity
        }
        return list(
            "pairs", say("Hit rates: who asked whom", "命中率：谁查询了谁"),
            say(
                "A hit that no query follows is among the findings. Many evaluations with few hits may be a "
                    + "list that is tried out.",
                "命中后没有查询的列入问题。评估多而命中少，可能是在试探名单。"),
            [
                column("member", "Member", "成员"), column("answerer", "At node", "应答节点"),
            ] + activityColumns,
            sums.sorted { ($0.key.member, $0.key.answerer) < ($1.key.member, $1.key.answerer) }
                .map { [cell($0.key.member), cell($0.key.answerer)] + cells($0.value) })
    }

    private var activityColumns: [ReportSection.Column] {
        [
            column("evaluations", "Evaluations", "评估请求"),
            column("elements", "Elements", "评估元素"), column("hits", "Hits", "命中"),
            column("hit-rate", "Hit rate", "命中率"), column("queries", "Queries", "查询请求"),
            column("subjects", "Subjects", "主体"), column("found", "Found", "有记录"),
            column("none", "None", "无记录"), column("refused", "Refused", "被拒"),
            column("timed-out", "Timed out", "超时"), column("invalid", "Invalid", "无效"),
        ]
    }

    private func cells(_ activity: Activity) -> [Cell] {
        [
            .count(activity.evaluations), .count(activity.elements), .count(activity.hits),
            .percent(activity.hits, of: activity.hits + activity.misses),
            .count(activity.queries), .count(activity.subjects), .count(activity.found),
            .count(activity.none), .count(activity.refused), .count(activity.timedOut),
            .count(activity.invalid),
        ]
    }

    private func name(of extent: ReadRefusal.Extent) -> String {
        switch extent {
        case .request: say("request", "请求")
        case .subject: say("subject", "主体")
        case .record: say("record", "记录")
        }
    }
}
