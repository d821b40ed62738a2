import ArgumentParser
import Foundation
import Testing

@testable import okta_generator

/// The commands as used in CI. Exit codes: 0 for no drift, 1 for drift, 2 for invalid input.
@Suite struct DriftCommandTests {
    private func run(_ arguments: String...) throws -> Int32 {
        do {
            var command = try OktaGeneratorCommand.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch is InputFailure {
            return 2
        } catch {
            return OktaGeneratorCommand.exitCode(for: error) == .validationFailure ? 2 : 3
        }
    }

    private func path(_ name: String) -> String { "\(DriftCase.root)/\(name)" }

    @Test("Drift command: compares two documents") func documents() throws {
        let (old, new) = (path("field-removed/old.yaml"), path("field-removed/new.yaml"))
        #expect(try run("drift", "upstream", "--from", old, "--to", new) == 1)
        #expect(try run("drift", "upstream", "--from", old, "--to", old) == 0)
        #expect(try run("drift", "upstream", "--from", old, "--to", path("nowhere.yaml")) == 2)
        #expect(try run("drift", "upstream", "--from", old, "--to", path("model-added/old/catalog.yaml")) == 2)
        #expect(try run("drift", "upstream", "--from", old) == 2)
        #expect(try run("drift", "upstream") == 2)
        #expect(try run("drift", "upstream", "--from", old, "--to", new, new) == 2)
    }

    @Test("Drift command: the level decides the exit code") func levels() throws {
        let documents = ["--from", path("wording-changed/old.yaml"), "--to", path("wording-changed/new.yaml")]
        func run(_ options: String...) throws -> Int32 {
            var command = try OktaGeneratorCommand.parseAsRoot(["drift", "upstream"] + documents + options)
            do { try command.run() } catch let code as ExitCode { return code.rawValue } catch is InputFailure {
                return 2
            }
            return 0
        }
        #expect(try run() == 0)
        #expect(try run("--fail-on", "docs") == 1)
        #expect(try run("--severity", "wording-changed=error") == 1)
        #expect(try run("--severity", "wording-changed=loud") == 2)
        #expect(try run("--severity", "no-such-rule=error") == 2)
        #expect(try run("--baseline", path("nowhere.yaml")) == 2)
        #expect(try run("--baseline", path("wording-changed/old.yaml")) == 2)
    }

    @Test("Drift command: compares the catalog with a document") func catalogAgainstADocument() throws {
        let (spec, document) = (path("operation-undecided/old"), path("operation-undecided/new.yaml"))
        #expect(try run("drift", "upstream", "--spec", spec, document) == 1)
        #expect(try run("drift", "upstream", "--spec", path("nowhere"), document) == 2)
    }

    @Test("Drift command: compares the catalog with recordings") func recordings() throws {
        let (spec, recording) = (path("traffic-unknown-field/old"), path("traffic-unknown-field/new.jsonl"))
        #expect(try run("drift", "traffic", "--spec", spec, recording) == 1)
        #expect(try run("drift", "traffic", "--spec", spec, "--fail-on", "error", recording) == 0)
        #expect(try run("drift", "traffic", "--spec", spec, path("field-removed/old.yaml")) == 2)
        #expect(try run("drift", "traffic", "--spec", spec, path("nowhere.har")) == 2)
        #expect(try run("drift", "traffic", "--spec", spec, DriftCase.root) == 2)
        // If nothing was compared, the result is not success.
        #expect(try run("drift", "traffic", "--spec", spec, "--host", "other.example", recording) == 2)
        #expect(try run("drift", "traffic", "--spec", spec, "--host", "https://example.okta.com", recording) == 2)
        #expect(try run("drift", "traffic", "--spec", spec, "--host", "EXAMPLE.okta.com", recording) == 1)
    }

    @Test("Drift command: compares two catalogs") func catalogs() throws {
        let (old, new) = (path("model-removed/old"), path("model-removed/new"))
        #expect(try run("diff", old, new) == 1)
        #expect(try run("diff", old, old) == 0)
        #expect(try run("diff", old, path("nowhere")) == 2)
        #expect(try run("diff", "git:no-such-revision", new) == 2)
        #expect(try run("diff", "git:--output=x", new) == 2)
        #expect(try run("diff", "git:", new) == 2)
    }

    @Test("Drift command: lists and explains rules") func rules() throws {
        #expect(try run("rules") == 0)
        #expect(try run("explain", "field-removed") == 0)
        #expect(try run("explain", "no-such-rule") == 2)
    }
}
