import Book
import StrictJSON
import Testing

@testable import Exchange

@Suite("Amount bands")
struct AmountBandTests {
    /// Every border in whole units, with the band that begins there.
    private static let borders: [(Int64, AmountBand)] = [
        (1_000, .from1k), (2_000, .from2k), (5_000, .from5k), (10_000, .from10k),
        (20_000, .from20k), (50_000, .from50k), (100_000, .from100k), (200_000, .from200k),
        (500_000, .from500k), (1_000_000, .from1m), (2_000_000, .from2m), (5_000_000, .from5m),
        (10_000_000, .from10m),
    ]

    @Test(
        "the lower bound is inside, one minor unit less is the band below",
        arguments: [("JPY", 1), ("CNY", 100), ("KWD", 1000)] as [(String, Int64)])
    func borders(currency: String, unit: Int64) {
        var below = AmountBand.under1k
        for (border, band) in Self.borders {
            let amount = { (minorUnits: Int64) in
                AmountBand(Money(minorUnits: minorUnits, currency: currency))
            }
            #expect(amount(border * unit) == band)
            #expect(amount(border * unit - 1) == below)
            below = band
        }
    }

    @Test(
        "zero, less than zero and one minor unit",
        arguments: ["JPY", "CNY", "KWD"])
    func zero(currency: String) {
        let band = { (minorUnits: Int64) in
            AmountBand(Money(minorUnits: minorUnits, currency: currency))
        }
        #expect(band(0) == .zero)
        #expect(band(-1) == .zero)
        #expect(band(.min) == .zero)
        #expect(band(1) == .under1k)
        #expect(band(.max) == .from10m)
    }

    @Test("the words are those of the protocol, in the order of the amounts")
    func words() {
        #expect(
            AmountBand.allCases.map(\.rawValue) == [
                "0", "<1k", "1k-2k", "2k-5k", "5k-10k", "10k-20k", "20k-50k", "50k-100k",
                "100k-200k", "200k-500k", "500k-1m", "1m-2m", "2m-5m", "5m-10m", ">=10m",
            ])
        #expect(AmountBand.allCases.sorted() == AmountBand.allCases)
    }

    @Test("a band ends where the next one begins; the last has no end")
    func bounds() {
        for (band, next) in zip(AmountBand.allCases.dropFirst(), AmountBand.allCases.dropFirst(2)) {
            #expect(band.upperBound == next.lowerBound)
        }
        #expect(AmountBand.zero.lowerBound == 0)
        #expect(AmountBand.zero.upperBound == 0)
        #expect(AmountBand.from10m.upperBound == nil)
    }
}
