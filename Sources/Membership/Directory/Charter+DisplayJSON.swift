import StrictJSON

extension Charter.DisplayRule {
    fileprivate static let members = [
        "id", "effect", "subjects", "event", "amountMax", "repaidBy", "effectiveFrom",
    ]

    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: Self.members)
        id = try members.required("id").term()
        effect = try members.required("effect").choice()
        subjects = try members.required("subjects").choice()
        event = try Event(members.required("event"))
        amountMax = try Amount(members.required("amountMax"))
        let repaidBy = try members.required("repaidBy")
        self.repaidBy = try repaidBy.day()
        // Days in this spelling sort as they follow each other.
        guard self.repaidBy >= event.from else { throw repaidBy.breaks(.beforeBeginning) }
        effectiveFrom = try members.required("effectiveFrom").day()
    }

    var json: JSONValue {
        .members([
            "id": .string(id),
            "effect": .string(effect.rawValue),
            "subjects": .string(subjects.rawValue),
            "event": .members(["from": .string(event.from), "to": .string(event.to)]),
            "amountMax": .members([
                "amount": .integer(amountMax.amount), "currency": .string(amountMax.currency),
            ]),
            "repaidBy": .string(repaidBy),
            "effectiveFrom": .string(effectiveFrom),
        ])
    }
}

extension Charter.DisplayRule.Event {
    fileprivate init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["from", "to"])
        from = try members.required("from").day()
        let to = try members.required("to")
        self.to = try to.day()
        guard self.to >= from else { throw to.breaks(.beforeBeginning) }
    }
}

extension Charter.DisplayRule.Amount {
    fileprivate init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["amount", "currency"])
        amount = try members.required("amount").integer(in: 0...JSONLimits.integerMax)
        let currency = try members.required("currency")
        self.currency = try currency.string()
        guard self.currency.utf8.count == 3, self.currency.utf8.allSatisfy(\.isUppercaseLetter)
        else {
            throw currency.breaks(.pattern("[A-Z]{3}"))
        }
    }
}

extension DirectoryField {
    /// A day `YYYY-MM-DD` of the Gregorian calendar in the years 1900 to 2999.
    fileprivate func day() throws(DirectoryError) -> String {
        let text = try string()
        let parts = text.utf8.split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy(\.isDigit) else {
            throw breaks(.day)
        }
        let numbers = parts.compactMap { Int(String(Substring($0))) }
        guard numbers.count == 3, (1900...2999).contains(numbers[0]),
            (1...12).contains(numbers[1]),
            (1...Self.days(inMonth: numbers[1], year: numbers[0])).contains(numbers[2])
        else { throw breaks(.day) }
        return text
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Rules for what is displayed, none of the same name.
    func displayRules() throws(DirectoryError) -> [Charter.DisplayRule] {
        var ids: Set<String> = []
        return try list(count: 0...Charter.displayRulesMax) { field throws(DirectoryError) in
            let rule = try Charter.DisplayRule(field)
            guard ids.insert(rule.id).inserted else {
                throw try field.members(known: Charter.DisplayRule.members).required("id").breaks(
                    .duplicate)
            }
            return rule
        }
    }
}
