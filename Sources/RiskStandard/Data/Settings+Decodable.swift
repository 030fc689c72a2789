extension Settings: Decodable {
    enum CodingKeys: String, CodingKey {
        case firstDay, overduePart, allInstitutions, technicalCause
    }

    /// Reads the settings of a standard's file; every one must be there, with a value of its list.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        firstDay = try members.value(.firstDay, .malformed) { FirstDay(rawValue: $0) }
        overduePart = try members.value(.overduePart, .malformed) { OverduePart(rawValue: $0) }
        allInstitutions = try members.value(.allInstitutions, .malformed) {
            AllInstitutions(rawValue: $0)
        }
        technicalCause = try members.value(.technicalCause, .malformed) {
            TechnicalCause(rawValue: $0)
        }
    }
}
