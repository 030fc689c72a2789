/// A currency in circulation (ISO 4217, list one) and how many decimals its minor unit has.
public struct Currency: Sendable, Hashable {
    /// The alphabetic code: three upper-case ASCII letters.
    public let code: String
    /// Decimals of the minor unit: 2 for CNY, 0 for JPY, 3 for BHD.
    public let exponent: Int

    /// The currency of that code, nil when ISO 4217 has none. Case matters: `cny` and the
    /// colloquial `RMB` are not codes.
    public init?(code: String) {
        self.init(bytes: Array(code.utf8)[...])
    }

    /// As ``init(code:)``, from the bytes of a cell.
    init?(bytes: ArraySlice<UInt8>) {
        guard let key = Self.key(bytes), let found = Self.byKey[key] else { return nil }
        self = found
    }

    private init(code: Substring, exponent: Int) {
        self.code = String(code)
        self.exponent = exponent
    }
}

extension Currency {
    /// Three bytes packed into a number, so that looking up a cell allocates nothing.
    private static func key(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        guard bytes.count == 3 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static let byKey: [UInt32: Currency] = {
        var table: [UInt32: Currency] = [:]
        for (exponent, codes) in codesByExponent {
            for code in codes.split(separator: " ") {
                if let key = key(Array(code.utf8)[...]) {
                    table[key] = Currency(code: code, exponent: exponent)
                }
            }
        }
        return table
    }()

    /// ISO 4217 list one without funds codes, metals and test codes.
    private static let codesByExponent: [(exponent: Int, codes: String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
        (
            2,
            """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN \
            BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
            GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK \
            LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO \
            NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE \
            SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES \
            WST XCD XCG YER ZAR ZMW ZWG
            """
        ),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
    ]
}
