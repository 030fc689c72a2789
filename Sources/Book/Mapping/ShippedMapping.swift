/// The mappings that come with the program.
public enum ShippedMapping: String, Sendable, CaseIterable {
    /// The documented plain layout, whose headers are our own terms.
    case plain
    /// Credit cards of the UCI repository's data set 350 (Taiwan, 2005).
    case taiwanCards = "taiwan-cards"
    /// Car loans of SEC Form ABS-EE filings, one row per loan and month.
    case autoLoans = "auto-loans"
    /// Small-business loans of the US Small Business Administration's 7(a) programme.
    case businessLoans = "business-loans"

    /// The mapping's file, as a start for one's own.
    public var yaml: [UInt8] {
        switch self {
        case .plain: PackageResources.plain_yaml
        case .taiwanCards: PackageResources.taiwan_cards_yaml
        case .autoLoans: PackageResources.auto_loans_yaml
        case .businessLoans: PackageResources.business_loans_yaml
        }
    }

    /// The mapping, parsed.
    public func mapping() throws(MappingError) -> ColumnMapping {
        try ColumnMapping(yaml: yaml)
    }
}
