import RiskStandard

/// Fills the fields of a mapping from a file's sample, as far as names and values tell.
struct MappingProposer {
    /// How a field is to be read.
    struct Filling: Equatable {
        /// The column's name, or nil with a constant.
        var column: String?
        var constant: String?
        /// Texts of the column with a meaning of their own.
        var map: [(text: String, word: String)] = []
        /// Further keys of the cell, such as `unit: ten-thousand`.
        var keys: [(key: String, value: String)] = []

        static func == (left: Filling, right: Filling) -> Bool {
            left.column == right.column && left.constant == right.constant
        }
    }

    private(set) var fillings: [Field: Filling] = [:]
    private(set) var findings: [MappingProposal.Finding] = []
    /// The lender's own classes that were understood.
    var ownClasses: [(text: String, word: String)] = []

    private let profiles: [ColumnProfile]
    /// The column that each field was given.
    private(set) var taken: [Field: ColumnProfile] = [:]

    init(_ sample: FileSample) {
        profiles = sample.header.enumerated().map { index, name in
            ColumnProfile(name: name, values: sample.rows.map { $0[index] })
        }
    }

    /// Goes through the fields, needed ones first.
    mutating func propose() {
        assignColumns()
        key(.identifier)
        key(.accountNumber)
        scheme()
        closedList(.role, assuming: "borrower")
        closedList(.kind, assuming: assumedKind)
        product()
        retail()
        closedList(.status, assuming: "open")
        daysPastDue()
        for field in [Field.overdue, .balance, .limit, .monthlyDue] { amount(field) }
        currency()
        for field in [Field.openedMonth, .closedMonth, .badEventEnded] { date(field) }
        ownClass()
        for field in Field.allCases where fillings[field] == nil && !Self.handled.contains(field) {
            other(field)
        }
    }

    /// Fields that ``propose()`` treats one by one.
    private static let handled: Set<Field> = [
        .identifier, .accountNumber, .scheme, .role, .kind, .product, .retail, .status,
        .daysPastDue, .overdue, .balance, .limit, .monthlyDue, .currency, .openedMonth,
        .closedMonth, .badEventEnded, .ownClass, .letter,
    ]

    /// Gives each field the column that its name fits best and whose values do not contradict, no
    /// column to two fields.
    private mutating func assignColumns() {
        var candidates: [(score: Int, field: Field, index: Int)] = []
        for field in Field.allCases {
            for (index, profile) in profiles.enumerated() where !profile.name.isEmpty {
                let score = HeaderWords.score(of: profile.name, for: field)
                let isUnique = profiles.count { $0.name == profile.name } == 1
                if score > 0, isUnique, profile.fits(field) {
                    candidates.append((score, field, index))
                }
            }
        }
        var used: Set<Int> = []
        for candidate in candidates.sorted(by: { ($0.score, $1.index) > ($1.score, $0.index) })
        where taken[candidate.field] == nil && !used.contains(candidate.index) {
            taken[candidate.field] = profiles[candidate.index]
            used.insert(candidate.index)
        }
        guard taken[.identifier] == nil else { return }
        let byForm = profiles.indices.first { index in
            let profile = profiles[index]
            return !used.contains(index) && profile.areIdentifiers
        }
        if let byForm { taken[.identifier] = profiles[byForm] }
    }
}

// MARK: - Writing down

extension MappingProposer {
    mutating func take(
        _ field: Field, _ filling: Filling, _ english: String, _ chinese: String
    ) {
        fillings[field] = filling
        findings.append(
            .init(
                field: field.rawValue, ground: filling.column == nil ? .assumed : .column,
                source: filling.column ?? filling.constant, remark: Remark(english, chinese)))
    }

    mutating func assume(
        _ field: Field, _ constant: String, _ english: String, _ chinese: String
    ) {
        take(field, Filling(constant: constant), english, chinese)
    }

    mutating func miss(_ field: Field, _ english: String, _ chinese: String) {
        findings.append(
            .init(
                field: field.rawValue, ground: .missing, source: nil,
                remark: Remark(english, chinese)))
    }
}

// MARK: - Borrower and account

extension MappingProposer {
    private mutating func key(_ field: Field) {
        guard let profile = taken[field] else {
            return miss(
                field, "no column looks like it; name it under 'columns'",
                "没有找到对应的列；请在 columns 中写明列名")
        }
        let isDamaged = profile.values.contains { SpreadsheetDamage.isScientific($0.utf8) }
        if field == .accountNumber, profile.isRepeated {
            return take(
                field, Filling(column: profile.name),
                "by its name; it repeats: if the file has a row per account and month, add a block "
                    + "'periods'", "按列名；账号有重复：若文件按账户逐月一行，请加入 periods")
        }
        take(
            field, Filling(column: profile.name),
            isDamaged
                ? "by its name; a spreadsheet has destroyed values such as 4.2E+17" : "by its name",
            isDamaged ? "按列名；部分值已被电子表格破坏（如 4.2E+17）" : "按列名")
    }

    private mutating func scheme() {
        if let profile = taken[.scheme], mapped(.scheme, profile) != nil {
            return closedList(.scheme, assuming: nil)
        }
        if let scheme = taken[.identifier]?.scheme {
            return assume(
                .scheme, scheme, "the identifiers of the sample have its form",
                "样本中的证件号码为该类型")
        }
        guard taken[.identifier] != nil else {
            return miss(.scheme, "it depends on the identifiers", "取决于证件号码")
        }
        miss(
            .scheme,
            "the identifiers are of several kinds and no column says which; fill in a constant or a "
                + "column with a 'map'", "证件号码类型不一且无类型列；请填写常量，或用带 map 的列")
    }

    private var assumedKind: String {
        taken[.accountNumber].map { HeaderWords.normalised($0.name).contains("卡") } ?? false
            ? "card" : "instalment"
    }

    private mutating func product() {
        if let profile = taken[.product], !profile.values.isEmpty,
            profile.mostly({ $0.count <= BookLimits.wordBytesMax && $0.allSatisfy(\.isWordByte) })
        {
            return take(.product, Filling(column: profile.name), "by its name", "按列名")
        }
        assume(
            .product, "loan", "no column has product words of a-z, 0-9 and -; write your own",
            "没有由 a-z、0-9、- 组成的产品代码列；请自行填写")
    }

    private mutating func retail() {
        if let profile = taken[.retail], mapped(.retail, profile) != nil {
            return closedList(.retail, assuming: nil)
        }
        if let scheme = fillings[.scheme], let column = scheme.column {
            let map = scheme.map.map {
                (text: $0.text, word: $0.word == "cn-rid" ? "true" : "false")
            }
            return take(
                .retail, Filling(column: column, map: map),
                "persons are retail, others are not; small and micro business may be retail too",
                "自然人按零售处理，其他按非零售；小微企业也可按零售，请核对")
        }
        let isPerson = fillings[.scheme]?.constant == "cn-rid"
        assume(
            .retail, isPerson ? "true" : "false",
            "follows from the scheme; small and micro business may be retail too",
            "由证件类型推定；小微企业也可按零售，请核对")
    }

    /// The words that a column's texts stand for; nil when none is understood.
    func mapped(
        _ field: Field, _ profile: ColumnProfile
    ) -> [(text: String, word: String)]? {
        let known = profile.distinct.compactMap { text in
            TextMeanings.word(for: text, in: field).map { (text: text, word: $0) }
        }
        return known.isEmpty ? nil : known
    }

    mutating func closedList(_ field: Field, assuming constant: String?) {
        guard let profile = taken[field], let known = mapped(field, profile) else {
            if let profile = taken[field], !profile.values.isEmpty {
                // A column that says something unknown is no ground for a constant.
                return miss(
                    field,
                    "no text of '\(profile.name)' is understood; name the column with a 'map'",
                    "“\(profile.name)”的取值均未识别；请写明该列并补充 map")
            }
            guard let constant else { return }
            return assume(
                field, constant, "no column says it; check that it holds for every row",
                "没有列说明；请确认对每一行都成立")
        }
        let unknown = profile.distinct.count - known.count
        let isPlain = known.allSatisfy { $0.text == $0.word } && unknown == 0
        take(
            field, Filling(column: profile.name, map: isPlain ? [] : known),
            unknown == 0
                ? "by its name, all texts understood"
                : "by its name; \(unknown) texts are not understood, add them to its 'map'",
            unknown == 0 ? "按列名，取值均已识别" : "按列名；有 \(unknown) 种取值未识别，请补入 map")
    }
}
