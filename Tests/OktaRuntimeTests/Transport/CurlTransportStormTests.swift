import HTTPTypes
import LoopbackServer
import Testing

@testable import OktaRuntime

@Suite("CurlTransport: many calls, many faults", .hangLimit)
struct CurlTransportStormTests {
    @Test("Transport storm: every call ends once and leaves no resources") func everyCallEndsOnceAndNothingIsLeft()
        async throws
    {
        let server = try LoopbackServer { .storm(Int($0.path.dropFirst()) ?? 0) }
        let connectionsPerHost = 32
        let transport = try CurlTransport(options: .init(maximumConnectionsPerHost: connectionsPerHost))
        let isStreamed: @Sendable (Int) -> Bool = { $0 % 7 == 0 }
        let ends = Tally()
        let (values, errors) = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    defer { ends.add(to: number) }
                    do {
                        let response: TransportResponse
                        if isStreamed(number) {
                            let stream = try await transport.stream(server.request(.get, path: "/\(number)"))
                            response = TransportResponse(head: stream.head, body: try await stream.collect(upTo: 100))
                        } else {
                            response = try await transport.send(server.request(.get, path: "/\(number)"))
                        }
                        #expect(response.body == Array("\(number)".utf8))
                        return true
                    } catch {
                        #expect(error is TransportError)
                        return false
                    }
                }
            }
            return await group.reduce(into: (0, 0)) { if $1 { $0.0 += 1 } else { $0.1 += 1 } }
        }
        #expect(values == 700)
        #expect(errors == 300)
        #expect((0..<1000).allSatisfy { ends[$0] == 1 })
        let census = await transport.census()
        #expect(census.transfers == 0)
        #expect(census.idleHandles <= 64)
        // Idle connections are counted while the transport exists, and closed with it. The faults may have ended all of
        // them.
        // A streamed response may add a connection, which is kept like the others.
        _ = try await transport.send(server.request(.get, path: "/99"))
        let limit = connectionsPerHost + (0..<1000).count(where: isStreamed)
        #expect((1...limit).contains(ConnectedSockets.descriptors(to: server.port).count))
        transport.shutdown()
        #expect(await transport.census() == CurlCensus())
        #expect(await eventually { ConnectedSockets.descriptors(to: server.port).count == 0 })
        await server.stop()
    }

    @Test("Transport storm: cancelling at every stage leaves no resources") func cancelsAtEveryStageLeaveNothing()
        async throws
    {
        let server = try LoopbackServer { request in
            // Every third response never ends.
            let number = Int(request.path.dropFirst()) ?? 0
            return number % 3 == 0
                ? .half : .json("{}")
        }
        let transport = try CurlTransport()
        for round in 0..<20 {
            let tasks = (0..<30).map { number in
                Task { () -> TransportError.Kind? in
                    await failureKind { () async throws(TransportError) in
                        let path = "/\(number)"
                        switch number % 2 {
                        case 0: _ = try await transport.send(server.request(.get, path: path))
                        default:
                            let body = BodyStream(length: 5) { write in
                                for byte in "hello".utf8 { try await write([byte]) }
                            }
                            let request = server.request(.post, path: path, streamedBody: body)
                            _ = try await transport.stream(request).collect(upTo: 100)
                        }
                    }
                }
            }
            for (number, task) in tasks.enumerated() {
                for _ in 0..<(number * round) % 23 { await Task.yield() }
                // The cancelled calls are all endless ones, and some of the others.
                if number % 3 == 0 || number % 5 == round % 5 { task.cancel() }
            }
            for task in tasks {
                let kind = await task.value
                #expect(kind == nil || kind == .cancelled)
            }
            #expect(await transport.census().transfers == 0)
        }
        await server.stop()
    }
}
