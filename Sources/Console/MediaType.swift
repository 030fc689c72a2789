/// The content type of requests.
enum MediaType {
    /// `application/json`, optionally with `;charset=utf-8`.
    static func isJSON(_ field: String?) -> Bool {
        guard let field else { return false }
        let parts = field.lowercased().split(separator: ";").map { $0.filter { $0 != " " } }
        return parts == ["application/json"] || parts == ["application/json", "charset=utf-8"]
    }
}
