import Foundation
import Okta
import OktaTestSupport
import Testing

/// Every recorded response is read through its action's model and written back as it came.
///
/// The exchanges are those of the file that OKTA_TRAFFIC names, else of a small one of our own.
@Suite(.longCalculation) struct TrafficTests {
    private func lines() throws -> [Substring] {
        let path: String
        if let named = ProcessInfo.processInfo.environment["OKTA_TRAFFIC"] {
            path = named
        } else {
            let own = Bundle.module.url(forResource: "traffic", withExtension: "jsonl", subdirectory: "Fixtures")
            path = try #require(own).path
        }
        let data = try #require(FileManager.default.contents(atPath: path), "OKTA_TRAFFIC names no readable file")
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }

    @Test func everyBodyIsDecodedAndComesBackIdentical() throws {
        var reader = TrafficReader()
        var actions: Set<String> = []
        var (bodies, decoded, identical) = (0, 0, 0)
        for line in try lines() {
            let exchange = try #require(Exchange(line: String(line)), "a line is no exchange")
            guard (200..<300).contains(exchange.status), let json = try? JSON(parsing: exchange.body),
                let action = ActionRegistry.okta.action(method: exchange.method, path: exchange.path),
                let returns = action.returns, !["json", "bytes"].contains(returns)
            else { continue }
            bodies += 1
            actions.insert(action.swiftName)
            let name = returns.trimmingCharacters(in: ["[", "]"])
            var written: JSON?
            if returns.hasPrefix("["), let elements = json.elements {
                written = JSON(elements.compactMap { reader.read($0, as: name) })
            } else if !returns.hasPrefix("["), json.kind == .object {
                written = reader.read(json, as: name)
            }
            guard let written else {
                Issue.record("\(exchange.method) \(action.path ?? ""): a \(json.kind) where \(returns) is declared")
                continue
            }
            decoded += 1
            // As JSON values, with the order of members and the text of numbers: the compact forms are the same bytes.
            if CompactText(written).text == CompactText(json).text { identical += 1 }
        }
        print(
            "traffic: \(bodies) bodies, \(actions.count) actions, \(decoded) decoded, \(identical) identical, "
                + "\(reader.fieldsRead) fields read, \(reader.misfits.values.reduce(0, +)) misfits")
        for (place, count) in reader.misfits.sorted(by: { $0.key < $1.key }) {
            print("traffic misfit: \(place) \(count)")
        }
        #expect(bodies > 0)
        #expect(decoded == bodies)
        #expect(identical == bodies)
    }
}
