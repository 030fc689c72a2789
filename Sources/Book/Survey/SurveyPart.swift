import RiskStandard

/// What one batch adds to a survey. Accounts stay apart until it is known which stand twice.
struct SurveyPart: Sendable {
    struct Account: Sendable {
        let fingerprint: UInt64
        let line: Int
        let own: String?
        let balance: Money?
        let riskClass: RiskClass
        let isAtLeast: Bool
        let tooGood: BookSurvey.TooGood?
    }

    /// Counts of what is no account.
    var survey = BookSurvey()
    var accounts: [Account] = []
}

extension BookSurvey {
    /// Adds a batch, its doubles as rejects.
    mutating func add(_ part: SurveyPart, seen: inout SeenAccounts) {
        for (code, group) in part.survey.rejects {
            rejects[code, default: RejectGroup()].add(group)
        }
        damage.add(part.survey.damage)
        for account in part.accounts {
            guard seen.insert(account.fingerprint) else {
                reject("duplicate-account", line: account.line, column: nil)
                continue
            }
            if seen.isFull { sawAllDoubles = false }
            classes[pair(account), default: Sum()].add(account.balance)
            if account.isAtLeast { atLeast += 1 }
            if let found = account.tooGood {
                tooGoodCount += 1
                if tooGood.count < BookLimits.surveyPlacesMax { tooGood.append(found) }
            }
        }
    }

    /// The account's place in the table, which does not grow with the file.
    private func pair(_ account: SurveyPart.Account) -> ClassPair {
        let pair = ClassPair(own: account.own, riskClass: account.riskClass)
        let isKnown = classes[pair] != nil || account.own == nil
        let isFull = classes.count >= BookLimits.surveyOwnClassesMax * RiskClass.allCases.count
        return isKnown || !isFull ? pair : ClassPair(own: nil, riskClass: account.riskClass)
    }
}

extension BookSurvey.RejectGroup {
    mutating func add(_ other: BookSurvey.RejectGroup) {
        count += other.count
        places += other.places.prefix(BookLimits.surveyPlacesMax - places.count)
    }
}
