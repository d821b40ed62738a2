import OktaRuntime
import Testing

@Suite struct OktaBase64Tests {
    /// The test vectors of RFC 4648, section 10.
    @Test(
        "Base64: the test vectors of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectorsOfTheStandard(plain: String, encoded: String) {
        #expect(OktaBase64(plain.utf8).rawValue == encoded)
        #expect(OktaBase64(rawValue: encoded).bytes == Array(plain.utf8))
        #expect(OktaBase64(rawValue: encoded.replacing("=", with: "")).bytes == Array(plain.utf8))
    }

    @Test("Base64: both alphabets are read") func bothAlphabetsAreReadBack() {
        var random = SplitMix64(seed: 11)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            #expect(OktaBase64(bytes).bytes == bytes)
            let url = OktaBase64(bytes, alphabet: .url)
            #expect(url.bytes == bytes)
            #expect(!url.rawValue.contains { "+/=".contains($0) })
        }
    }

    @Test("Base64: line breaks of certificates are ignored") func lineBreaksOfCertificatesDoNotMatter() {
        #expect(OktaBase64(rawValue: "Zm9v\r\nYmFy\n").bytes == Array("foobar".utf8))
    }

    @Test("Base64: other texts are kept but have no bytes", arguments: ["Zg=a", "Z", "Zg~~", "ü", "Zm9vY"])
    func otherTextsAreKeptButHaveNoBytes(text: String) {
        #expect(OktaBase64(rawValue: text).bytes == nil)
        #expect(OktaBase64(rawValue: text).json.string == text)
    }
}
