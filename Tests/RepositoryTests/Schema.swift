/// A JSON Schema, as far as tests look into it.
struct Schema: Decodable {
    /// A named part of it.
    struct Definition: Decodable {
        /// The closed list, when it is one.
        let `enum`: [String]?
    }

    /// The dialect.
    let dialect: String
    /// What it describes.
    let title: String
    /// The named parts.
    let definitions: [String: Definition]?

    private enum CodingKeys: String, CodingKey {
        case dialect = "$schema"
        case title
        case definitions = "$defs"
    }
}
