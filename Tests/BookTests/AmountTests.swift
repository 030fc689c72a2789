import Testing

@testable import Book

@Suite("Numbers and amounts")
struct AmountTests {
    private func minorUnits(
        _ text: String, unit: AmountUnit = .one, currency: String = "CNY"
    ) throws -> Int64 {
        let number = try DecimalText(Array(text.utf8)[...], allowsScientific: true)
        return try WrittenAmount(
            mantissa: number.mantissa, exponent: number.exponent, unit: unit
        ).minorUnits(of: try #require(Currency(code: currency)))
    }

    @Test(
        "turns what is written into minor units, exactly",
        arguments: [
            ("1234.56", AmountUnit.one, "CNY", 123_456), ("0", .one, "CNY", 0),
            ("5479.900", .one, "USD", 547_990), ("1234", .one, "JPY", 1_234),
            ("1.234", .one, "BHD", 1_234), ("1.2345", .tenThousand, "CNY", 1_234_500),
            ("12", .thousand, "CNY", 1_200_000), ("0.5", .million, "CNY", 50_000_000),
            ("123", .minor, "CNY", 123), ("2.00E+05", .one, "TWD", 20_000_000),
            ("92233720368547758.07", .one, "CNY", Int64.max), ("-1.50", .one, "CNY", -150),
            ("25E-2", .one, "CNY", 25),
        ] as [(String, AmountUnit, String, Int64)])
    func exact(text: String, unit: AmountUnit, currency: String, expected: Int64) throws {
        #expect(try minorUnits(text, unit: unit, currency: currency) == expected)
    }

    @Test(
        "refuses what minor units can't hold",
        arguments: [
            ("1.005", "CNY", WrittenAmount.Fault.tooPrecise), ("0.5", "JPY", .tooPrecise),
            ("92233720368547759", "CNY", .overflow), ("9E+18", "CNY", .overflow),
        ])
    func inexact(text: String, currency: String, fault: WrittenAmount.Fault) {
        #expect(throws: fault) { try minorUnits(text, currency: currency) }
    }

    @Test(
        "refuses what is no number",
        arguments: [
            "", "-", ".", "1.", ".5", "1.2.3", "1,234", "+1", "--1", "1e", "E5", "1E+", "1E+123",
            "0x1",
            "NaN", "١", "1 000", "万", "--", "1-", String(repeating: "0", count: 41),
        ])
    func malformed(text: String) {
        #expect {
            try DecimalText(Array(text.utf8)[...], allowsScientific: true)
        } throws: { ($0 as? CellFault)?.code == .valueMalformed }
    }

    @Test(
        "refuses a mantissa of more than 64 bits",
        arguments: [
            "9223372036854775808", "-99999999999999999999", "1E+31",
        ])
    func overflow(text: String) {
        #expect {
            try DecimalText(Array(text.utf8)[...], allowsScientific: true)
        } throws: { ($0 as? CellFault)?.code == .amountOverflow }
    }

    @Test("scientific notation only where the mapping allows it")
    func scientific() {
        #expect {
            try DecimalText(Array("4.2E+17".utf8)[...], allowsScientific: false)
        } throws: { ($0 as? CellFault)?.code == .scientificNotation }
    }

    @Test(
        "compares with a whole bound",
        arguments: [
            ("0", 0, false), ("0.01", 0, true), ("-0.01", 0, false), ("5", 4, true),
            ("5", 5, false),
            ("5.5", 5, true), ("1E+30", 5, true), ("-1E+30", -5, false), ("-4.5", -5, true),
        ] as [(String, Int64, Bool)])
    func above(text: String, bound: Int64, expected: Bool) throws {
        let number = try DecimalText(Array(text.utf8)[...], allowsScientific: true)
        let amount = WrittenAmount(mantissa: number.mantissa, exponent: number.exponent, unit: .one)
        #expect(amount.isGreater(than: bound) == expected)
    }

    @Test("knows ISO 4217 and nothing else")
    func currencies() {
        #expect(Currency(code: "CNY")?.exponent == 2)
        #expect(Currency(code: "JPY")?.exponent == 0)
        #expect(Currency(code: "KWD")?.exponent == 3)
        for code in ["RMB", "cny", "CN", "CNYY", "", "US$", "XXX", "ZZZ"] {
            #expect(Currency(code: code) == nil, "\(code)")
        }
    }
}
