import Foundation
import GoldenPlaces
import HTTPTypes
import Testing

/// The text in a path, query and header for each type.
@Suite struct ParameterPlaceTests {
    private static let date = Date(timeIntervalSince1970: 1_709_209_800)
    private static let dateText = "2024-02-29T12:30:00.000Z"

    /// A request with `one` and `[one, other]` in all locations.
    private func check(
        _ text: String, list: String, header: String? = nil, headerList: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation, _ call: (ParametersActions) async throws -> Void
    ) async throws {
        let transport = RecordingTransport()
        try await call(try transport.client().parameters)
        let request = try #require(transport.requests.first)
        let path = request.head.path ?? ""
        let segments = path.prefix { $0 != "?" }.split(separator: "/").dropFirst(3)
        #expect(segments.map(String.init) == [text, list], sourceLocation: sourceLocation)
        #expect(
            path.drop { $0 != "?" } == "?needed=\(text)&neededList=\(list)&maybe=\(text)&maybeList=\(list)",
            sourceLocation: sourceLocation)
        for name in ["X-Needed", "X-Maybe"] {
            let field = try #require(HTTPField.Name(name))
            #expect(request.head.headerFields[field] == header ?? text, sourceLocation: sourceLocation)
            let listField = try #require(HTTPField.Name(name + "-List"))
            #expect(request.head.headerFields[listField] == headerList ?? list, sourceLocation: sourceLocation)
        }
    }

    @Test("Parameters: strings in path, query and header") func strings() async throws {
        try await check("a%2Fb", list: "a%2Fb,c%2Cd%20e", header: "a/b", headerList: "a/b,c,d e") {
            let (one, list) = ("a/b", ["a/b", "c,d e"])
            try await $0.sendString(
                one: one, many: list, needed: one, neededList: list, maybe: one, maybeList: list, xNeeded: one,
                xNeededList: list, xMaybe: one, xMaybeList: list)
        }
    }

    @Test("Parameters: integers in path, query and header") func integers() async throws {
        try await check("-5", list: "-5,7") {
            try await $0.sendInteger(
                one: -5, many: [-5, 7], needed: -5, neededList: [-5, 7], maybe: -5, maybeList: [-5, 7], xNeeded: -5,
                xNeededList: [-5, 7], xMaybe: -5, xMaybeList: [-5, 7])
        }
    }

    @Test("Parameters: numbers in path, query and header") func numbers() async throws {
        try await check("1.5", list: "1.5,2") {
            try await $0.sendNumber(
                one: 1.5, many: [1.5, 2], needed: 1.5, neededList: [1.5, 2], maybe: 1.5, maybeList: [1.5, 2],
                xNeeded: 1.5, xNeededList: [1.5, 2], xMaybe: 1.5, xMaybeList: [1.5, 2])
        }
    }

    @Test("Parameters: booleans in path, query and header") func booleans() async throws {
        try await check("true", list: "true,false") {
            let list = [true, false]
            try await $0.sendBoolean(
                one: true, many: list, needed: true, neededList: list, maybe: true, maybeList: list, xNeeded: true,
                xNeededList: list, xMaybe: true, xMaybeList: list)
        }
    }

    @Test("Parameters: dates in path, query and header") func dates() async throws {
        let encoded = Self.dateText.replacing(":", with: "%3A")
        try await check(
            encoded, list: "\(encoded),1970-01-01T00%3A00%3A00.000Z", header: Self.dateText,
            headerList: "\(Self.dateText),1970-01-01T00:00:00.000Z"
        ) {
            let (one, list) = (Self.date, [Self.date, Date(timeIntervalSince1970: 0)])
            try await $0.sendDateTime(
                one: one, many: list, needed: one, neededList: list, maybe: one, maybeList: list, xNeeded: one,
                xNeededList: list, xMaybe: one, xMaybeList: list)
        }
    }

    @Test("Parameters: URLs in path, query and header") func addresses() async throws {
        let one = try #require(URL(string: "https://a.example/b?c=d"))
        let encoded = "https%3A%2F%2Fa.example%2Fb%3Fc%3Dd"
        try await check(
            encoded, list: "\(encoded),\(encoded)", header: "https://a.example/b?c=d",
            headerList: "https://a.example/b?c=d,https://a.example/b?c=d"
        ) {
            try await $0.sendURI(
                one: one, many: [one, one], needed: one, neededList: [one, one], maybe: one, maybeList: [one, one],
                xNeeded: one, xNeededList: [one, one], xMaybe: one, xMaybeList: [one, one])
        }
    }

    @Test("Parameters: durations in path, query and header") func durations() async throws {
        try await check("PT1H", list: "PT1H,P1D") {
            let (one, list) = (OktaDuration(rawValue: "PT1H"), ["PT1H", "P1D"].map { OktaDuration(rawValue: $0) })
            try await $0.sendDuration(
                one: one, many: list, needed: one, neededList: list, maybe: one, maybeList: list, xNeeded: one,
                xNeededList: list, xMaybe: one, xMaybeList: list)
        }
    }

    @Test("Parameters: Base64 in path, query and header") func base64() async throws {
        try await check("%2B%2F8%3D", list: "%2B%2F8%3D,AQ%3D%3D", header: "+/8=", headerList: "+/8=,AQ==") {
            let (one, list) = (OktaBase64([0xFB, 0xFF]), [OktaBase64([0xFB, 0xFF]), OktaBase64([1])])
            try await $0.sendBase64(
                one: one, many: list, needed: one, neededList: list, maybe: one, maybeList: list, xNeeded: one,
                xNeededList: list, xMaybe: one, xMaybeList: list)
        }
    }

    @Test("Parameters: enumerations in path, query and header") func enumerations() async throws {
        try await check("RED", list: "RED,NEW%20ONE", headerList: "RED,NEW ONE") {
            let list = [Color.red, Color(rawValue: "NEW ONE")]
            try await $0.sendColor(
                one: .red, many: list, needed: .red, neededList: list, maybe: .red, maybeList: list, xNeeded: .red,
                xNeededList: list, xMaybe: .red, xMaybeList: list)
        }
    }

    @Test("Parameters: an omitted parameter is not sent") func omittedParameterIsNotSent() async throws {
        let transport = RecordingTransport()
        try await transport.client().parameters.sendBoolean(
            one: true, many: [true], needed: false, neededList: [], xNeeded: false, xNeededList: [])
        let request = try #require(transport.requests.first)
        #expect(request.head.path == "/api/v1/boolean/true/true?needed=false")
        #expect(request.head.headerFields.map(\.name.canonicalName).filter { $0.hasPrefix("x-") } == ["x-needed"])
    }

    /// Values without a text representation are named, and nothing is sent.
    @Test("Parameters: values without a text form are rejected") func valuesWithoutATextAreRefused() async throws {
        let transport = RecordingTransport()
        let parameters = try transport.client().parameters
        let late = Date(timeIntervalSince1970: 1e15)
        await #expect(throws: OktaError.self) {
            try await parameters.sendNumber(
                one: .infinity, many: [1], needed: 1, neededList: [], xNeeded: 1, xNeededList: [])
        }
        await #expect(throws: OktaError.self) {
            try await parameters.sendNumber(one: 1, many: [], needed: 1, neededList: [], xNeeded: 1, xNeededList: [])
        }
        await #expect(throws: OktaError.self) {
            try await parameters.sendNumber(
                one: 1, many: [1], needed: 1, neededList: [.nan], xNeeded: 1, xNeededList: [])
        }
        await #expect(throws: OktaError.self) {
            try await parameters.sendNumber(
                one: 1, many: [1], needed: 1, neededList: [], xNeeded: 1, xNeededList: [.infinity])
        }
        await #expect(throws: OktaError.self) {
            let dates = [Self.date]
            try await parameters.sendDateTime(
                one: Self.date, many: dates, needed: late, neededList: dates, xNeeded: Self.date, xNeededList: dates)
        }
        await #expect(throws: OktaError.self) {
            let dates = [Self.date]
            try await parameters.sendDateTime(
                one: Self.date, many: dates, needed: Self.date, neededList: dates, xNeeded: late, xNeededList: dates)
        }
        #expect(transport.requests.isEmpty)
    }
}
