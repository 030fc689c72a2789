import StrictJSON

extension Charter.Quotas {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["elementsPerMemberDay", "elementsPerNodeDay"])
        elementsPerMemberDay = try members.required("elementsPerMemberDay").integer(in: Self.range)
        elementsPerNodeDay = try members.required("elementsPerNodeDay").integer(in: Self.range)
    }

    var json: JSONValue {
        .members([
            "elementsPerMemberDay": .integer(elementsPerMemberDay),
            "elementsPerNodeDay": .integer(elementsPerNodeDay),
        ])
    }
}

extension Charter.Intervals {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: [
            "manifestMaxAgeHardSeconds", "manifestMaxAgeSoftSeconds", "filterAdditionsSeconds",
            "bookMaxAgeDays",
        ])
        manifestMaxAgeHard = try members.required("manifestMaxAgeHardSeconds").seconds()
        let soft = try members.required("manifestMaxAgeSoftSeconds")
        manifestMaxAgeSoft = try soft.seconds()
        guard manifestMaxAgeSoft >= manifestMaxAgeHard else { throw soft.breaks(.softBelowHard) }
        filterAdditions = try members.required("filterAdditionsSeconds").seconds()
        bookMaxAge = .days(try members.required("bookMaxAgeDays").integer(in: Self.daysRange))
    }

    var json: JSONValue {
        .members([
            "manifestMaxAgeHardSeconds": .seconds(of: manifestMaxAgeHard),
            "manifestMaxAgeSoftSeconds": .seconds(of: manifestMaxAgeSoft),
            "filterAdditionsSeconds": .seconds(of: filterAdditions),
            "bookMaxAgeDays": .integer(Int(bookMaxAge / .days(1))),
        ])
    }
}

extension Charter.Withdrawal {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["consent", "legal-duty"])
        let consent = try members.required("consent")
        self.consent = try Effects(consent)
        for (key, effect) in [("unpaid", self.consent.unpaid), ("settled", self.consent.settled)]
        where effect == .keep {
            throw try consent.members(known: ["unpaid", "settled"]).required(key)
                .breaks(.keepsWithdrawn)
        }
        legalDuty = try Effects(members.required("legal-duty"))
    }

    var json: JSONValue {
        .members(["consent": consent.json, "legal-duty": legalDuty.json])
    }
}

extension Charter.Withdrawal.Effects {
    fileprivate init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["unpaid", "settled"])
        unpaid = try members.required("unpaid").choice()
        settled = try members.required("settled").choice()
    }

    fileprivate var json: JSONValue {
        .members(["unpaid": .string(unpaid.rawValue), "settled": .string(settled.rawValue)])
    }
}

extension Charter.Retention {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: [
            "negativeYears", "settledMonths", "inquiryMonths", "evidenceMonths", "filterDays",
            "pseudonymKeyMonths",
        ])
        negativeYears = try members.required("negativeYears").integer(in: Self.yearsRange)
        settledMonths = try members.required("settledMonths").integer(in: Self.monthsRange)
        inquiryMonths = try members.required("inquiryMonths").integer(
            in: 12...Self.monthsRange.upperBound)
        evidenceMonths = try members.required("evidenceMonths").integer(in: Self.monthsRange)
        filterDays = try members.required("filterDays").integer(in: Self.daysRange)
        pseudonymKeyMonths = try members.required("pseudonymKeyMonths").integer(
            in: Self.monthsRange)
    }

    var json: JSONValue {
        .members([
            "negativeYears": .integer(negativeYears),
            "settledMonths": .integer(settledMonths),
            "inquiryMonths": .integer(inquiryMonths),
            "evidenceMonths": .integer(evidenceMonths),
            "filterDays": .integer(filterDays),
            "pseudonymKeyMonths": .integer(pseudonymKeyMonths),
        ])
    }
}

extension DirectoryField {
    fileprivate func seconds() throws(DirectoryError) -> Duration {
        .seconds(try integer(in: Charter.Intervals.secondsRange))
    }
}

extension JSONValue {
    fileprivate static func seconds(of duration: Duration) -> JSONValue {
        .integer(Int(duration.components.seconds))
    }
}
