/// Amounts, dates, and where an account stands.
extension MappingProposer {
    mutating func amount(_ field: Field) {
        guard let profile = taken[field] else { return }
        var filling = Filling(column: profile.name)
        if let unit = AmountUnit(inHeader: profile.name) {
            filling.keys.append(("unit", unit.rawValue))
        }
        // What a negative amount means is the lender's to say; the proposal leaves it to be rejected.
        let hasNegative = profile.values.contains { $0.hasPrefix("-") }
        take(
            field, filling,
            hasNegative
                ? "by its name; amounts below zero are rejected, write 'negative: zero' where they "
                    + "are credits"
                : "by its name", hasNegative ? "按列名；负数将被拒收，若为贷方余额请写 negative: zero" : "按列名")
    }

    mutating func currency() {
        if let profile = taken[.currency], mapped(.currency, profile) != nil {
            return closedList(.currency, assuming: nil)
        }
        let amounts: Set<Field> = [.overdue, .balance, .limit, .monthlyDue]
        guard !amounts.isDisjoint(with: fillings.keys) else { return }
        assume(.currency, "CNY", "no column says it", "没有币种列")
    }

    mutating func date(_ field: Field) {
        guard let profile = taken[field] else { return }
        guard profile.hasAmbiguousDates else {
            return take(field, Filling(column: profile.name), "by its name", "按列名")
        }
        guard let format = profile.provenDateFormat else {
            return miss(
                field,
                "'\(profile.name)' has dates whose day and month could be either; say which with "
                    + "'date'", "“\(profile.name)”的日与月次序无法确定；请用 date 注明")
        }
        take(
            field,
            Filling(column: profile.name, keys: [("date", format.rawValue)]),
            "by its name; a day above 12 shows the order", "按列名；由大于 12 的日确定次序")
    }

    mutating func daysPastDue() {
        guard let profile = taken[.daysPastDue] else {
            return miss(
                .daysPastDue,
                "no column looks like it; without it no account can be called normal",
                "没有找到逾期天数列；缺少它时任何账户都不能视为正常")
        }
        var filling = Filling(column: profile.name)
        let basis = profile.areDates ? .dueDate : HeaderWords.basis(of: profile.name)
        if basis != .days { filling.keys.append(("from", basis.rawValue)) }
        let remarks: (String, String) =
            switch basis {
            case .days: ("by its name, as days", "按列名，单位为天")
            case .monthsLate: ("by its name, as months late", "按列名，单位为期（月）")
            case .dueDate: ("by its name, as the oldest unpaid due date", "按列名，为最早未还到期日")
            }
        take(.daysPastDue, filling, remarks.0, remarks.1)
    }

    mutating func ownClass() {
        guard let profile = taken[.ownClass] else { return }
        let known = mapped(.ownClass, profile) ?? []
        let unknown = profile.distinct.count - known.count
        ownClasses = known + Self.siblings(of: known)
        take(
            .ownClass, Filling(column: profile.name),
            unknown == 0
                ? "by its name; compared by 'ownClasses'"
                : "by its name; \(unknown) texts are not understood, add them to 'ownClasses'",
            unknown == 0 ? "按列名；由 ownClasses 对照" : "按列名；有 \(unknown) 种取值未识别，请补入 ownClasses")
    }

    /// Classes that the sample lacks, written like those that it has.
    private static func siblings(
        of known: [(text: String, word: String)]
    ) -> [(text: String, word: String)] {
        let common = ColumnMapping.commonClasses
        guard let first = known.first, known.allSatisfy({ common[$0.text] != nil }) else {
            return []
        }
        let hasSuffix = first.text.hasSuffix("类")
        return common.filter { text, _ in
            text.hasSuffix("类") == hasSuffix && !known.contains { $0.text == text }
        }.sorted { $0.value < $1.value }.map { (text: $0.key, word: $0.value.rawValue) }
    }

    /// Any other field is taken where its texts are understood or need no understanding.
    mutating func other(_ field: Field) {
        guard let profile = taken[field] else { return }
        switch field.fieldKind {
        case .choice, .flag:
            guard mapped(field, profile) != nil else { return }
            closedList(field, assuming: nil)
        case .letters,
            .month where taken[.history] == nil || taken[.historyEnds] == nil:
            return  // One is nothing without the other.
        default: take(field, Filling(column: profile.name), "by its name", "按列名")
        }
    }
}
