import Testing

@testable import Pseudonym

@Suite("Identifiers that are nobody's")
struct InventedIdentifierTests {
    @Test(
        "are those of the area 999999, whatever comes before and after",
        arguments: [
            (SchemeName.residentID, "999999199012310022", true),
            (.residentID, "999998199012310022", false), (.residentID, "199999999012310022", false),
            (.creditCode, "91999999MA0DEM013K", true), (.creditCode, "92999999MA0DEM013K", true),
            (.creditCode, "99999991MA0DEM013K", false), (.creditCode, "91999998MA0DEM013K", false),
            (.lei, "99999999999999999999", false),
        ])
    func invented(scheme: SchemeName, normalForm: String, isInvented: Bool) {
        #expect(Identifier(scheme: scheme, normalForm: normalForm).isInvented == isInvented)
    }
}
