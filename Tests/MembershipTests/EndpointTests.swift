import Testing

@testable import Membership

@Suite("Endpoint")
struct EndpointTests {
    @Test(
        "reads the canonical spelling and writes it back",
        arguments: [
            ("https://harbor.example", "harbor.example", 443),
            ("https://harbor.example:8443", "harbor.example", 8_443),
            ("https://localhost:1", "localhost", 1),
            ("https://127.0.0.1:65535", "127.0.0.1", 65_535),
            ("https://[::1]", "::1", 443),
            ("https://[2001:db8::7]:8443", "2001:db8::7", 8_443),
            ("https://1and1.example", "1and1.example", 443),
        ])
    func takes(text: String, host: String, port: Int) throws {
        let endpoint = try #require(Endpoint(text))
        #expect(endpoint.host.description == host)
        #expect(endpoint.port == port)
        #expect(endpoint.description == text)
        #expect(endpoint == Endpoint(host: endpoint.host, port: port))
    }

    @Test(
        "refuses every other spelling",
        arguments: [
            "", "https://", "harbor.example", "http://harbor.example", "HTTPS://harbor.example",
            "https://Harbor.example", "https://harbor.example/", "https://harbor.example/v1",
            "https://harbor.example?x", "https://harbor.example#x", "https://a@harbor.example",
            "https://harbor.example:", "https://harbor.example:443", "https://harbor.example:0",
            "https://harbor.example:08443", "https://harbor.example:65536",
            "https://harbor.example:+8443", "https://harbor.example:-1",
            "https://harbor.example:99999999999999999999", "https://harbor.example.",
            "https://.example", "https://a..b", "https://-a.example", "https://a-.example",
            "https://a_b.example", "https://härbor.example", "https://harbor.example:8443 ",
            "https://127.1", "https://127.0.0.01", "https://256.0.0.1", "https://0x7f.0.0.1:1.2",
            "https://::1", "https://[::1", "https://[::1]:443", "https://[::1]x:1",
            "https://[0:0::1]", "https://[2001:DB8::7]", "https://[fe80::1%eth0]",
            "https://[127.0.0.1]", "https://[harbor.example]",
            "https://" + String(repeating: "a", count: 64) + ".example",
            "https://" + String(repeating: "a.", count: 126) + "ab",
        ])
    func refuses(text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test("a DNS name has at most 253 bytes, a label at most 63")
    func nameLimits() {
        let longest = String(repeating: "a.", count: 126) + "a"
        #expect(longest.utf8.count == EndpointHost.nameBytesMax)
        #expect(EndpointHost(longest) == .name(longest))
        #expect(EndpointHost(longest + "a") == nil)
        #expect(EndpointHost(String(repeating: "a", count: EndpointHost.labelBytesMax)) != nil)
        #expect(EndpointHost(String(repeating: "a", count: EndpointHost.labelBytesMax + 1)) == nil)
    }

    @Test("an IP address has the bytes of its SAN")
    func addressBytes() throws {
        #expect(IPAddress("127.0.0.1")?.bytes == [127, 0, 0, 1])
        let version6 = try #require(IPAddress("2001:db8::7"))
        #expect(version6.bytes == [0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [7])
        #expect(IPAddress(bytes: version6.bytes) == version6)
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
        #expect(IPAddress("127.0.0.1\u{0}") == nil)
    }
}
