import Foundation

/// The invented books that come with the program, one a lender, in the plain layout.
enum SampleBooks {
    /// The day that the sample shows.
    static let asOf = "2026-10-31"

    /// The CSV of a lender.
    static func csv(of member: String) -> [UInt8]? {
        switch member {
        case "harbor": PackageResources.harbor_csv
        case "lakeside": PackageResources.lakeside_csv
        case "cedar": PackageResources.cedar_csv
        case "maple": PackageResources.maple_csv
        case "birch": PackageResources.birch_csv
        case "willow": PackageResources.willow_csv
        default: nil
        }
    }
}

/// People and firms of the sample; all invented, their numbers in the unassigned area 999999.
struct DemoSubject: Sendable {
    let scheme: String
    let identifier: String
    let name: String?
    let heldBy: [String]
    let purposes: [String]
    /// Arrears of which the borrower was not told: no lender that holds it discloses it.
    var isHeldBack = false

    static let allPurposes = [
        "loan-approval", "card-approval", "guarantor-review", "post-loan", "credit-line",
    ]

    /// 95 days behind at one lender, clean at another.
    static let behindElsewhere = DemoSubject(
        scheme: "cn-rid", identifier: "999999198804120118", name: "林测试",
        heldBy: ["lakeside", "maple"], purposes: allPurposes)
    /// In nobody's book.
    static let unknown = DemoSubject(
        scheme: "cn-rid", identifier: "999999199902140774", name: "无记录者", heldBy: [],
        purposes: [])
    /// Consented to the work after lending only.
    static let postLoanOnly = DemoSubject(
        scheme: "cn-rid", identifier: "999999197901030355", name: "陈虚构", heldBy: ["cedar"],
        purposes: ["post-loan"])
    /// Whose number is typed by mistake.
    static let other = DemoSubject(
        scheme: "cn-rid", identifier: "999999199511200426", name: "吴示例", heldBy: ["birch"],
        purposes: allPurposes)
    /// With one current account.
    static let current = DemoSubject(
        scheme: "cn-rid", identifier: "999999198606150535", name: "Amy Sample Test",
        heldBy: ["lakeside"], purposes: allPurposes)
    /// With the asking lender itself and with a small lender, where an amount is disputed.
    static let disputed = DemoSubject(
        scheme: "cn-rid", identifier: "999999199207300246", name: "周样本",
        heldBy: ["harbor", "willow"], purposes: allPurposes)
    /// An enterprise at two lenders, amounts exact.
    static let enterprise = DemoSubject(
        scheme: "cn-uscc", identifier: "91999999MA0DEM013K", name: "示例面粉有限公司",
        heldBy: ["lakeside", "cedar"], purposes: allPurposes)

    /// Two months behind at a lender that has not told the borrower what it furnishes.
    static let notTold = DemoSubject(
        scheme: "cn-rid", identifier: "999999199011191615", name: "测试雅恩", heldBy: ["cedar"],
        purposes: allPurposes, isHeldBack: true)
    /// An enterprise of whose debt, over all lenders, 21 % is more than 90 days past due.
    static let spreadDebt = DemoSubject(
        scheme: "cn-uscc", identifier: "91999999MA0DEM03X6", name: "试验钢构有限公司",
        heldBy: ["harbor", "lakeside", "cedar"], purposes: allPurposes)
    /// With one loan that was restructured and is under observation.
    static let restructured = DemoSubject(
        scheme: "cn-rid", identifier: "99999919800604013X", name: "郑假设", heldBy: ["maple"],
        purposes: allPurposes)
    /// An enterprise whose loan was non-performing and has been cured.
    static let cured = DemoSubject(
        scheme: "cn-uscc", identifier: "91999999MA0DEM0486", name: "样例物流有限公司",
        heldBy: ["cedar"], purposes: allPurposes)

    static let all = [
        behindElsewhere, unknown, postLoanOnly, other, current, disputed, enterprise, notTold,
        spreadDebt, restructured, cured,
    ]
}
