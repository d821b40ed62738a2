#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

/// Completion of the names of an org's objects, by the built program.
@Suite("Completion: names of objects", .hangLimit) struct ObjectNamesTests {
    private func complete(_ words: String..., in sandbox: Sandbox) async throws -> [String] {
        let run = try await sandbox.okta(["---complete", "fish", words.last ?? "", ""] + words.dropLast())
        #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
        return run.output.split(separator: "\n").map(String.init)
    }

    @Test("Completion: names come from the org once, and then from a private file")
    func asksOnce() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 5)
        for name in ["Engineering", "Enginering Alumni", "Sales"] { _ = try await org.group(name) }
        let sandbox = try Sandbox(org)
        // A slow machine may exceed the time limit of a completion. There are no names then, and a later Tab asks
        // again.
        #expect(
            await eventually {
                try? FileManager.default.removeItem(atPath: "\(sandbox.path)/cache/okta/names.json")
                return (try? await complete("group", "get-group", "En", in: sandbox)) == [
                    "Engineering", "Enginering Alumni",
                ]
            })
        let asked = org.requests.count
        #expect(try await complete("group", "get-group", "Engineeri", in: sandbox) == ["Engineering"])
        #expect(try await complete("group", "sync-members", "--group", "Enginee", in: sandbox) == ["Engineering"])
        #expect(try await complete("user", "list-users", "--for", "group:Engi", in: sandbox).count == 2)
        #expect(org.requests.count == asked)
        let file = "\(sandbox.path)/cache/okta/names.json"
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        // Completion is not logged as a command.
        #expect(!FileManager.default.fileExists(atPath: "\(sandbox.path)/state/okta/commands.log"))
        await org.stop()
    }

    @Test("Completion: profile attributes come from the org's schema, once")
    func attributes() async throws {
        let org = try await LocalOrg.start()
        _ = try await org.client.request(
            .post, "/api/v1/meta/schemas/user/default",
            body: .json(
                [
                    "definitions": [
                        "custom": [
                            "id": "#custom", "type": "object",
                            "properties": ["shoeSize": ["title": "Shoe size", "type": "number"]],
                        ]
                    ]
                ] as JSON))
        let sandbox = try Sandbox(org)
        let columns = ["user", "list-users", "--columns"]
        #expect(
            await eventually {
                try? FileManager.default.removeItem(atPath: "\(sandbox.path)/cache/okta/names.json")
                let run = try? await sandbox.okta(["---complete", "fish", "id,profile.shoe", ""] + columns)
                return run?.output == "id,profile.shoeSize\n"
            })
        let asked = org.requests.count
        #expect(try await complete("user", "update-user", "--set", "profile.sho", in: sandbox) == ["profile.shoeSize="])
        #expect(org.requests.count == asked)
        await org.stop()
    }

    @Test("Completion: an org without a response, or a damaged cache, is not an error")
    func staysSilent() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        await org.stop()
        #expect(try await complete("group", "get-group", "En", in: sandbox).isEmpty)
        #expect(try JSON(parsing: sandbox.read("cache/okta/names.json")).members?.count == 1)
        try sandbox.write("cache/okta/names.json", "{ broken")
        #expect(try await complete("group", "get-group", "En", in: sandbox).isEmpty)
        let nobody = try Sandbox()
        #expect(try await complete("group", "get-group", "En", in: nobody).isEmpty)
    }
}
#endif
