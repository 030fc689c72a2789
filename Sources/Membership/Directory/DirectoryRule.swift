/// The rules that a directory's values can break.
public enum DirectoryRule: Sendable, Equatable {
    /// A required member is absent or null.
    case missing
    /// The member is not part of the format.
    case unknown
    /// The value is of another kind than this.
    case kind(JSONKind)
    /// The text does not match this pattern.
    case pattern(String)
    /// The text is none of these words.
    case choice([String])
    /// The text has not so many bytes, has white space at an end, or has control, format or line
    /// separator characters, which could disguise it on a screen.
    case plainText(ClosedRange<Int>)
    /// The integer is outside this range.
    case range(ClosedRange<Int>)
    /// The list has not so many elements.
    case count(ClosedRange<Int>)
    /// Not 32 bytes in base64url without padding, or all zero.
    case publicKey
    /// An Ed25519 key of small order, or of a coordinate that is not reduced: it binds nobody.
    case weakKey
    /// Not a verifier key `name+hash+key` of the expected algorithm, or its hash does not fit.
    case verifierKey
    /// The verifier key's name is not the one that the protocol prescribes here.
    case verifierKeyName
    /// Not `https://host[:port]` in canonical spelling.
    case endpoint
    /// Not an `https` URL without query and fragment.
    case url
    /// The value stands in the list, or in the name space that it shares, for the second time.
    case duplicate
    /// The public key already belongs to another entry.
    case keyReused
    /// No node has this id.
    case noSuchNode
    /// No member has this id.
    case noSuchMember
    /// The member named here must be a regulator.
    case notARegulator
    /// Only a regulator's entry may have this.
    case regulatorsOnly
    /// More regulators have denial keys than nodes keep denials of.
    case denialKeys
    /// A regulator cannot supervise itself.
    case supervisesItself
    /// A node may have at most one VOPRF key in state `current`.
    case secondCurrentKey
    /// The log's origin must be `<consortium>/log/<node>`.
    case origin
    /// More cosignatures are asked for than there are witnesses.
    case quorum
    /// The bound for soft purposes is tighter than the one for hard purposes.
    case softBelowHard
    /// Records held on consent cannot stay disclosable after its withdrawal.
    case keepsWithdrawn
    /// Not a day `YYYY-MM-DD` of the years 1900 to 2999.
    case day
    /// The day lies before the one on which the same rule begins.
    case beforeBeginning
}

extension DirectoryRule: CustomStringConvertible {
    /// The rule in words, with what is allowed; never the value that broke it.
    public var description: String {
        switch self {
        case .missing: "is missing"
        case .unknown: "is not a known member"
        case .kind(let kind): "must be of kind \(kind.rawValue)"
        case .pattern(let pattern): "must match \(pattern)"
        case .choice(let words): "must be one of \(words.joined(separator: ", "))"
        case .plainText(let bytes):
            "must be plain text of \(bytes.inWords) bytes without white space at its ends"
        case .range(let range): "must be \(range.inWords)"
        case .count(let count): "must have \(count.inWords) elements"
        case .publicKey: "must be 32 bytes in base64url without padding, not all zero"
        case .weakKey: "is a weak key, under which anybody could sign"
        case .verifierKey: "must be a verifier key of the right algorithm with a matching hash"
        case .verifierKeyName: "is a verifier key of another name than the protocol prescribes"
        case .endpoint: "must be https://host[:port], lower case, no path, no :443"
        case .url: "must be an https URL without query and fragment"
        case .duplicate: "is there for the second time"
        case .keyReused: "is a public key that already belongs to another entry"
        case .noSuchNode: "names a node that is not in the directory"
        case .noSuchMember: "names a member that is not in the directory"
        case .notARegulator: "must name a regulator"
        case .regulatorsOnly: "may stand only in a regulator's entry"
        case .denialKeys: "has more than \(Directory.denialKeysMax) denial keys"
        case .supervisesItself: "names the regulator itself"
        case .secondCurrentKey: "is the node's second key in state current"
        case .origin: "must be <consortium>/log/<node>"
        case .quorum: "asks for more cosignatures than there are witnesses"
        case .softBelowHard: "must be at least manifestMaxAgeHardSeconds"
        case .keepsWithdrawn: "cannot be keep for records that are held on consent"
        case .day: "must be a day YYYY-MM-DD of the years 1900 to 2999"
        case .beforeBeginning: "must not lie before event.from"
        }
    }
}

extension ClosedRange<Int> {
    fileprivate var inWords: String {
        lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound) to \(upperBound)"
    }
}
