import Pseudonym
import StrictJSON

extension JSONValue {
    /// The bytes of a base64url string, exactly `count` of them.
    public func bytes(count: Int) -> [UInt8]? {
        guard let text, let bytes = try? Base64URL.decode(text), bytes.count == count else {
            return nil
        }
        return bytes
    }
}
