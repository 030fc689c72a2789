import Exchange
import Membership

extension ReportTables {
    var hoursOfDay: ReportSection {
        var counts = [Int](repeating: 0, count: 24)
        for hours in report.tally.subjects().values {
            for (hour, count) in hours { counts[hour.ofDay] += count }
        }
        let labels = counts.indices.map { "\($0 < 10 ? "0" : "")\($0):00" }
        let whole = counts.reduce(0, +)
        var section = list(
            "hours", say("Hours of the day", "时段分布"),
            say(
                "Local time of \(report.zone.name). A subject is evaluated at every node: per member and hour "
                    + "the node that was asked about most counts.",
                "按 \(report.zone.name) 当地时间。同一主体会在每个节点评估，故按成员和小时取被查最多的节点计数。"),
            [
                column("hour", "Hour", "小时"), column("night", "Night", "夜间"),
                column("subjects", "Subjects", "主体"), column("share", "Share", "占比"),
            ],
            counts.enumerated().map { hour, count in
                [
                    .text(labels[hour]),
                    .text(ReportThresholds.isNight(hour: hour) ? say("night", "夜间") : ""),
                    .count(count), .percent(count, of: whole),
                ]
            })
        section.chart = ReportSection.Chart(
            title: say("Subjects asked about, by hour of the day", "各小时被查主体数"),
            bars: Array(zip(labels, counts)))
        return section
    }

    var entries: ReportSection {
        let rows = report.logs.flatMap { log in
            log.verification.entries.sorted { $0.key < $1.key }.map { type, count in
                [cell(log.verification.node), .text(type), .count(count)]
            }
        }
        return list(
            "entries", say("Entries by type", "条目类型"),
            say(
                "What else the logs tell of: publications, filters, consents, and every reading by a "
                    + "regulator (audit-read).",
                "日志中的其他事项：公布、过滤器、授权以及监管机构的每次读取（audit-read）。"),
            [
                column("node", "Node", "节点"), column("type", "Type", "类型"),
                column("count", "Entries", "条目"),
            ], rows)
    }

    var thresholds: ReportSection {
        typealias Limit = ReportThresholds
        let rows: [(Observation.Code, Bilingual)] = [
            (
                .nightBurst,
                Bilingual(
                    "at least \(Limit.nightSubjectsMin) subjects of one member in one hour between "
                        + "\(Limit.nightStartHour):00 and \(Limit.nightEndHour):00, and "
                        + "\(Limit.nightTimesMin) times its average of those hours by day in which it asked",
                    "同一成员在 \(Limit.nightStartHour):00 至 \(Limit.nightEndHour):00 之间一小时内至少 "
                        + "\(Limit.nightSubjectsMin) 个主体，且达到其日间有查询小时平均数的 \(Limit.nightTimesMin) 倍")
            ),
            (
                .enumeration,
                Bilingual(
                    "at least \(Limit.enumerationElementsMin) elements of one member at one node in one "
                        + "local day, and at most \(Limit.enumerationQueriesPercentMax)% of them queried",
                    "同一成员一日内在同一节点至少 \(Limit.enumerationElementsMin) 个元素，其中查询不超过 "
                        + "\(Limit.enumerationQueriesPercentMax)%")
            ),
            (
                .refusalsFrequent,
                Bilingual(
                    "at least \(Limit.refusalsPercentMin)% of at least \(Limit.refusalsQueriesMin) "
                        + "answered queries of one member at one node",
                    "同一成员在同一节点至少 \(Limit.refusalsQueriesMin) 次已答复查询中有 "
                        + "\(Limit.refusalsPercentMin)% 以上被拒")
            ),
            (
                .consentMismatch,
                Bilingual(
                    "every query whose consent does not name its purpose, has ended or not begun",
                    "授权未包含该查询原因、已到期或尚未生效的每次查询")
            ),
            (
                .disclosedWithoutConsent,
                Bilingual(
                    "the same, and the answer holds a record", "同上，且应答中含有记录")
            ),
        ]
        return list(
            "thresholds", say("Thresholds", "阈值"),
            say(
                "From where on something is listed as conspicuous (protocol/limits.md).",
                "达到何种程度即列为值得注意（protocol/limits.md）。"),
            [column("code", "Code", "代码"), column("threshold", "Threshold", "阈值")],
            rows.map { [.text($0.rawValue), .text($1.text(in: language))] })
    }
}
