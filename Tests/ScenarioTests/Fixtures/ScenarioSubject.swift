/// An invented person. The number lies in the area 999999, which is assigned to nobody.
struct ScenarioSubject: Sendable {
    /// A `cn-rid` in normal form.
    let identifier: String
    let name: String

    /// The person of that number, 0 to 49,999, with a valid check character (GB 11643).
    static func person(_ number: Int, name: String = "某虚构") -> ScenarioSubject {
        let (year, serial) = (1950 + number / 1000, 1000 + number % 1000)
        let body = "999999\(year)0412" + String(serial).dropFirst()
        return ScenarioSubject(identifier: body + checkCharacter(of: body), name: name)
    }

    /// The same number with its last two digits exchanged, so that the check fails.
    var mistyped: String {
        let (body, last) = (identifier.dropLast(2), identifier.suffix(2))
        return body + String(last.reversed())
    }

    private static func checkCharacter(of body: String) -> String {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return String(Array("10X98765432")[sum % 11])
    }
}

extension ScenarioSubject {
    /// 95 days behind at lakeside, clean at maple.
    static let behind = person(118, name: "林测试")
    /// In nobody's book.
    static let unknown = person(774, name: "无记录者")
    /// At cedar, with a consent to the work after lending only.
    static let postLoanOnly = person(355, name: "陈虚构")
    /// At harbor and at willow.
    static let shared = person(246, name: "周样本")
    /// At birch.
    static let small = person(426, name: "吴示例")
    /// At cedar, with a consent that has ended.
    static let consentEnded = person(512, name: "高演示")
    /// At lakeside, without any consent.
    static let withoutConsent = person(613, name: "赵编造")
    /// At cedar, a good borrower.
    static let good = person(909, name: "Amy Sample Test")
}
