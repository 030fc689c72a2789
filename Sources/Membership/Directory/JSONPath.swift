/// Where a value stands in its document, written as `nodes[3].voprfKeys[0].kid`.
///
/// Kept as a chain and turned into text only when an error needs it: a directory of thousands of
/// members has some hundred thousand paths.
indirect enum JSONPath: Sendable {
    case root
    case member(of: JSONPath, key: String)
    case element(of: JSONPath, index: Int)
}

extension JSONPath: CustomStringConvertible {
    var description: String {
        switch self {
        case .root: ""
        case .member(of: .root, let key): key
        case .member(let parent, let key): "\(parent).\(key)"
        case .element(let parent, let index): "\(parent)[\(index)]"
        }
    }
}
