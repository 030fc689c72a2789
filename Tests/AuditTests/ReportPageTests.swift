import Crypto
import Exchange
import Foundation
import Testing

@testable import Audit

@Suite("The examiner's page")
struct ReportPageTests {
    private func page(_ language: ReportLanguage) async throws -> String {
        let scene = try AuditScene()
        try await scene.exchange(0..<5)
        try await scene.exchange(5).logAnswered()
        try await scene.mirrorBoth()
        var report = try ReportBuilder(
            [scene.harbor, scene.lakeside].map(scene.copy), zone: sample(ReportZone("UTC")),
            at: scene.clock.now
        ).run()
        report.legalNames[scene.harbor.member] = "<script>alert('1')</script> \"&\u{7}"
        return ReportPage(report, in: language).html
    }

    @Test("escapes what others wrote", arguments: ReportLanguage.allCases)
    func escaped(language: ReportLanguage) async throws {
        let page = try await page(language)
        #expect(
            page.contains(
                "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot;&amp;\u{FFFD}"))
        #expect(!page.contains("<script"))
    }

    @Test("fetches nothing, and its policy allows its own style alone")
    func alone() async throws {
        let page = try await page(.english)
        for word in ["http://", "https://", " src=", "url(", "@import", "<link", "<iframe"] {
            #expect(!page.contains(word), "\(word)")
        }
        let style = try sample(
            page.firstRange(of: "<style>").flatMap { start in
                page[start.upperBound...].firstRange(of: "</style>").map {
                    page[start.upperBound..<$0.lowerBound]
                }
            })
        let digest = Data(SHA256.hash(data: Array(style.utf8))).base64EncodedString()
        #expect(page.contains("default-src 'none'; style-src 'sha256-\(digest)'"))
    }

    @Test("has a table beside every picture, with headings, and says its language")
    func accessible() async throws {
        let page = try await page(.chinese)
        #expect(page.contains("<html lang=\"zh-Hans\">"))
        let sections = page.components(separatedBy: "<section ").dropFirst()
        #expect(sections.count == 11)
        var pictures = 0
        for section in sections where section.contains("<svg") {
            pictures += 1
            #expect(section.contains("<table>") && section.contains("scope=\"col\""))
            #expect(section.contains("role=\"img\"") && section.contains("<title id="))
        }
        #expect(pictures == 3)
        #expect(page.contains("日志发现问题 1 项"))
    }

    @Test(
        "a browser reads it as it was meant",
        .enabled(if: Browser.path != nil, "needs chromium"))
    func shown() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "page-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "page.html")
        try Data(try await page(.english).utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: try sample(Browser.path))
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--user-data-dir=\(folder.appending(path: "profile").path)",
            "--enable-logging=stderr", "--log-level=0", "--dump-dom", file.absoluteString,
        ]
        let (output, errors) = (Pipe(), folder.appending(path: "errors"))
        try Data().write(to: errors)
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let dom = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let sections = dom.components(separatedBy: "<section ").count - 1
        #expect(sections == 11)
        #expect(dom.contains("alert('1')") && !dom.contains("<script"))
        // A policy that refused the page's own style would be told on the console.
        let told = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        #expect(!told.contains("Content Security Policy"), "\(told)")
    }
}

/// A browser that shows pages without a screen, where there is one.
private enum Browser {
    static let path = ["chromium", "chromium-browser", "google-chrome"].lazy
        .map { "/usr/bin/\($0)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}
