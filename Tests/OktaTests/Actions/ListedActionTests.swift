import HTTPTypes
import Okta
import OktaSamples
import OktaTestSupport
import Testing

/// All listed actions, called through their typed functions and compared with the list.
@Suite(.longCalculation) struct ListedActionTests {
    /// Returns the functions for a row: those with its method and path in its category.
    private func descriptors(of row: ListedAction) -> [ActionDescriptor] {
        ActionRegistry.okta.actions(named: row.name, in: row.category).filter {
            ($0.method?.rawValue ?? "", $0.path ?? "") == (row.method, row.path)
        }
    }

    /// All listed actions must exist; the catalog can contain more.
    @Test("Listed actions: each exists as a separate action")
    func theListIsWhole() throws {
        let rows = try ListedAction.all()
        #expect(rows.count == 330)
        #expect(Set(rows.map(\.category)).count == 26)
        #expect(Set(rows.flatMap(descriptors).map(\.swiftName)).count == rows.count)
    }

    @Test("Listed actions: each is found by its listed name", arguments: try ListedAction.all())
    func isFoundByItsListedName(_ row: ListedAction) {
        #expect(descriptors(of: row).count == 1)
    }

    @Test("Listed actions: each has a typed function that sends it") func eachHasTypedFunctionThatSendsIt()
        async throws
    {
        let calls = Dictionary(grouping: SampleCall.okta) { "\($0.category)/\($0.function)" }
        for row in try ListedAction.all() {
            let descriptor = try #require(descriptors(of: row).first, "\(row)")
            let function = try #require(descriptor.swiftName.split(separator: ".").last)
            let candidates = calls["\(descriptor.category)/\(function)"] ?? []
            #expect(!candidates.isEmpty, "\(row)")
            guard !row.isGeneric else { continue }
            for call in candidates {
                let request = try await TestedModule.sent(by: call)
                #expect(request.head.method.rawValue == row.method, "\(row)")
                #expect(request.head.scheme == "https")
                #expect(request.head.authority == "acme.okta.com")
                let path = try #require(request.head.path)
                #expect(path.prefix { $0 != "?" } == row.samplePath, "\(row)")
            }
        }
    }

    /// Calls through descriptors send the same request as the typed function.
    @Test("Listed actions: calls by descriptor equal typed calls") func dynamicCallsMatchTypedOnes() async throws {
        let (client, transport) = try OktaClient.recording(returning: "{}")
        for row in try ListedAction.all() where !row.isGeneric {
            let descriptor = try #require(descriptors(of: row).first)
            var arguments: [String: String] = [:]
            var position = 0
            for parameter in descriptor.parameters where parameter.location == .path {
                arguments[parameter.name] = "p\(position)"
                position += 1
            }
            for parameter in descriptor.parameters where parameter.isRequired && parameter.location != .path {
                arguments[parameter.name] = "v"
            }
            _ = try await client.perform(descriptor, arguments: arguments)
            let request = try #require(transport.requests.last)
            #expect(request.head.method.rawValue == row.method)
            #expect((request.head.path ?? "").prefix { $0 != "?" } == row.samplePath)
        }
    }
}
