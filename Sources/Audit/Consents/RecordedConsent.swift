import Exchange
import StrictJSON

/// A consent of which a lender told its log, as it lies beside the entry (protocol/log.md, "Consents and
/// disputes").
struct RecordedConsent {
    /// Its number at its node; nil in entries of a time before there were any.
    let number: Int?
    let basis: String
    let purposes: [String]
    let grantedAt: Timestamp
    let expiresAt: Timestamp?
    let evidenceDigest: [UInt8]?
    let withdrawnAt: Timestamp?

    /// Reads an item; nil for anything else.
    init?(item: [UInt8]) {
        let limits = JSONLimits(documentBytesMax: BookEvent.valueBytesMax)
        guard let json = try? JSONValue(parsing: item, limits: limits) else { return nil }
        do throws(JSONError) {
            var reader = try JSONObjectReader(json)
            let time = { (value: JSONValue) in value.text.flatMap { Timestamp($0) } }
            number = try reader.optional("consent", "a number", \.integer)
            basis = try reader.required("basis", "a basis", \.text)
            purposes = try reader.required("purposes", "texts", \.texts)
            grantedAt = try reader.required("grantedAt", "a time", time)
            expiresAt = try reader.optional("expiresAt", "a time", time)
            evidenceDigest = try reader.optional("evidenceDigest", "sha-256=:…:") {
                $0.text.flatMap(SHA256Text.read)
            }
            withdrawnAt = try reader.optional("withdrawnAt", "a time", time)
        } catch {
            return nil
        }
    }

    /// Whether an answer states this consent.
    func agrees(with stated: DisclosedConsent) -> Bool {
        basis == stated.basis.rawValue && expiresAt == stated.expiresAt
            && Set(purposes) == Set(stated.purposes)
    }

    /// Whether it covered a purpose at a moment, as far as its own times say; clocks and moments may
    /// differ by some seconds.
    func covers(_ purpose: String, at moment: Timestamp, slack: Int64) -> Bool {
        purposes.contains(purpose) && grantedAt <= moment.advanced(bySeconds: slack)
            && expiresAt.map { $0 > moment.advanced(bySeconds: -slack) } ?? true
    }
}
