import HTTPTypes
import OktaRuntime
import OktaTestSupport
import Testing

/// The requests of the functions of every module, compared with the registry.
@Suite(.longCalculation) struct FunctionRequestTests {
    /// Returns the action of a call. A function with a former name sends the action of the current one.
    private func descriptor(of call: SampleCall, in module: TestedModule) throws -> ActionDescriptor {
        let named = module.registry.actions.filter { $0.category == call.category && $0.name == call.action }
        return try #require(named.first { $0.swiftName.hasSuffix(".\(call.function)") } ?? named.first, "\(call)")
    }

    @Test("Functions: every action has a function that is called", arguments: TestedModule.all)
    func everyActionIsCalled(_ module: TestedModule) {
        #expect(!module.registry.actions.isEmpty)
        for action in module.registry.actions { #expect(!module.calls(of: action).isEmpty, "\(action.swiftName)") }
    }

    /// All parameters are sent under their wire names, and no others.
    @Test("Functions: every parameter is sent", arguments: TestedModule.all)
    func everyParameterIsSent(_ module: TestedModule) async throws {
        for call in module.calls {
            let descriptor = try descriptor(of: call, in: module)
            guard descriptor.path != nil else { continue }
            let request = try await TestedModule.sent(by: call)
            let query = (request.head.path ?? "").split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
            var names = query.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
            // A list may be one parameter for each of its two elements.
            for parameter in descriptor.parameters where parameter.isRepeated {
                let last = try #require(names.lastIndex(of: parameter.name), "\(call)")
                names.remove(at: last)
            }
            #expect(names == descriptor.parameters.filter { $0.location == .query }.map(\.name), "\(call)")
            for parameter in descriptor.parameters where parameter.location == .header {
                let name = try #require(HTTPField.Name(parameter.name))
                #expect(request.head.headerFields[name] != nil, "\(call) \(name)")
            }
        }
    }

    @Test("Functions: each sends the credentials of its action", arguments: TestedModule.all)
    func credentials(_ module: TestedModule) async throws {
        for call in module.calls {
            let request = try await TestedModule.sent(by: call)
            let field = request.head.headerFields[.authorization]
            switch try descriptor(of: call, in: module).authorization {
            case .client:
                // The sample's client is a public one, which has no secret.
                #expect(field == nil, "\(call)")
                let body = String(decoding: request.body ?? [], as: UTF8.self)
                let isStated = body.contains("client_id=client") || body.contains(#""client_id":"client""#)
                #expect(isStated, "\(call) \(body)")
            case .anonymous: #expect(field == nil, "\(call)")
            default: #expect(field == "SSWS test-token", "\(call)")
            }
        }
    }

    /// A body is sent if the registry has one, with a suitable media type.
    @Test("Functions: every body has its media type", arguments: TestedModule.all)
    func everyBodyIsDeclared(_ module: TestedModule) async throws {
        for call in module.calls {
            let descriptor = try descriptor(of: call, in: module)
            let request = try await TestedModule.sent(by: call)
            let body = request.body ?? []
            // The type may have parameters, such as `application/json; okta-version=1.0.0`.
            let type = request.head.headerFields[.contentType].map { String($0.prefix { $0 != ";" }) }
            if descriptor.path != nil, descriptor.body == nil, descriptor.authorization != .client {
                #expect(body.isEmpty, "\(call)")
                // A parameter of two reads of users.
                let isParameter = descriptor.parameters.contains { $0.name.lowercased() == "content-type" }
                #expect((type != nil) == isParameter, "\(call)")
            }
            guard !body.isEmpty else { continue }
            #expect(type != nil, "\(call)")
            if body.starts(with: "{".utf8) { #expect(type?.hasSuffix("json") == true, "\(call)") }
            if type == "application/x-www-form-urlencoded" { #expect(body.contains(UInt8(ascii: "=")), "\(call)") }
        }
    }
}
