/// The cheapest way to part the cells of a grid in two: each cell has a cost on either side, neighbours on different sides have one too.
///
/// The maximum flow by two search trees that are kept from path to path (Boykov and Kolmogorov, "An Experimental Comparison of
/// Min-Cut/Max-Flow Algorithms for Energy Minimization in Vision", PAMI 2004).
struct MinimumCut {
    /// The steps to a cell's eight neighbours; each way and the way back stand side by side.
    static let steps: [(x: Int, y: Int)] = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (-1, 1), (1, -1)]

    /// Eight for each cell, as in ``steps``; -1 where there is none.
    private let neighbours: [Int32]
    /// What can still flow to each neighbour.
    private var capacity: [Float]
    /// What can still flow from the source (above 0) or to the sink (below).
    private var terminal: [Float]

    /// - Parameter neighbours: eight for each cell, as in ``steps``; -1 where there is none
    init(neighbours: [Int32]) {
        self.neighbours = neighbours
        capacity = [Float](repeating: 0, count: neighbours.count)
        terminal = [Float](repeating: 0, count: neighbours.count / 8)
    }

    /// Adds what it costs a cell to be on the sink's side, and on the source's.
    mutating func add(_ cell: Int, sink: Float, source: Float) { terminal[cell] += sink - source }

    /// Adds what it costs a cell and its neighbour to be on different sides, at both.
    mutating func join(_ cell: Int, _ step: Int, _ cost: Float) {
        let neighbour = Int(neighbours[cell * 8 + step])
        capacity[cell * 8 + step] += cost
        capacity[neighbour * 8 + step ^ 1] += cost
    }

    /// Which cells are on the source's side.
    consuming func solve() -> [Bool] {
        var search = CutSearch(count: terminal.count)
        neighbours.withUnsafeBufferPointer { neighbours in
            capacity.withUnsafeMutableBufferPointer { capacity in
                terminal.withUnsafeMutableBufferPointer { terminal in
                    search.run(neighbours, capacity, terminal)
                }
            }
        }
        return search.isSource
    }
}

/// The two trees of a ``MinimumCut``: one of cells that the source still reaches, one of cells that still reach the sink.
private struct CutSearch {
    private enum Parent {
        static let none: Int8 = -1
        static let terminal: Int8 = -2
        static let orphan: Int8 = -3
    }

    /// 0 in no tree, 1 the source's, 2 the sink's.
    private var tree: [UInt8]
    /// The step to the parent, or one of ``Parent``.
    private var parent: [Int8]
    /// The steps to the root, as of the round in `stamp`.
    private var depth: [Int32]
    private var stamp: [Int32]
    private var round: Int32 = 0
    private var active: [Int32] = []
    private var isActive: [Bool]
    private var orphans: [Int32] = []

    init(count: Int) {
        tree = [UInt8](repeating: 0, count: count)
        parent = [Int8](repeating: Parent.none, count: count)
        depth = [Int32](repeating: 0, count: count)
        stamp = [Int32](repeating: 0, count: count)
        isActive = [Bool](repeating: false, count: count)
    }

    var isSource: [Bool] { tree.map { $0 == 1 } }

    mutating func run(
        _ neighbours: UnsafeBufferPointer<Int32>, _ capacity: UnsafeMutableBufferPointer<Float>,
        _ terminal: UnsafeMutableBufferPointer<Float>
    ) {
        for cell in tree.indices where terminal[cell] != 0 {
            tree[cell] = terminal[cell] > 0 ? 1 : 2
            parent[cell] = Parent.terminal
            depth[cell] = 1
            activate(Int32(cell))
        }
        var next = 0
        while next < active.count {
            let cell = Int(active[next])
            guard tree[cell] != 0, let (step, other) = grow(cell, neighbours, capacity) else {
                isActive[cell] = false
                next += 1
                // What is done with is let go from time to time.
                if next > 1 << 16, next * 2 > active.count {
                    active.removeFirst(next)
                    next = 0
                }
                continue
            }
            round += 1
            let (start, end, between) =
                tree[cell] == 1 ? (cell, other, cell * 8 + step) : (other, cell, other * 8 + step ^ 1)
            augment(from: start, to: end, across: between, neighbours, capacity, terminal)
            while let orphan = orphans.popLast() { adopt(Int(orphan), neighbours, capacity) }
        }
    }

    private mutating func activate(_ cell: Int32) {
        guard !isActive[Int(cell)] else { return }
        isActive[Int(cell)] = true
        active.append(cell)
    }

    /// What can flow between a cell and its neighbour, away from the source.
    @inline(__always)
    private func residual(_ side: UInt8, _ cell: Int, _ step: Int, _ other: Int, _ capacity: UnsafeMutableBufferPointer<Float>) -> Float {
        side == 1 ? capacity[cell * 8 + step] : capacity[other * 8 + step ^ 1]
    }

    /// Takes a cell's free neighbours into its tree.
    /// - Returns: the step to a neighbour in the other tree, where there is one
    private mutating func grow(
        _ cell: Int, _ neighbours: UnsafeBufferPointer<Int32>, _ capacity: UnsafeMutableBufferPointer<Float>
    ) -> (step: Int, other: Int)? {
        let side = tree[cell]
        for step in 0..<8 {
            let other = Int(neighbours[cell * 8 + step])
            guard other >= 0, residual(side, cell, step, other, capacity) > 0 else { continue }
            if tree[other] == 0 {
                tree[other] = side
                parent[other] = Int8(step ^ 1)
                depth[other] = depth[cell] + 1
                stamp[other] = stamp[cell]
                activate(Int32(other))
            } else if tree[other] != side {
                return (step, other)
            } else if stamp[other] <= stamp[cell], depth[other] > depth[cell] + 1, parent[other] >= 0 {
                // A shorter way to the root.
                parent[other] = Int8(step ^ 1)
                depth[other] = depth[cell] + 1
                stamp[other] = stamp[cell]
            }
        }
        return nil
    }

    /// Sends as much as fits along the path through two cells that touch, and makes orphans of the cells behind what is full.
    private mutating func augment(
        from start: Int, to end: Int, across edge: Int, _ neighbours: UnsafeBufferPointer<Int32>,
        _ capacity: UnsafeMutableBufferPointer<Float>, _ terminal: UnsafeMutableBufferPointer<Float>
    ) {
        var flow = capacity[edge]
        var cell = start
        while parent[cell] >= 0 {
            let step = Int(parent[cell])
            let above = Int(neighbours[cell * 8 + step])
            flow = min(flow, capacity[above * 8 + step ^ 1])
            cell = above
        }
        flow = min(flow, terminal[cell])
        cell = end
        while parent[cell] >= 0 {
            let step = Int(parent[cell])
            flow = min(flow, capacity[cell * 8 + step])
            cell = Int(neighbours[cell * 8 + step])
        }
        flow = min(flow, -terminal[cell])

        capacity[edge] -= flow
        let step = edge % 8
        capacity[Int(neighbours[edge]) * 8 + step ^ 1] += flow
        cell = start
        while parent[cell] >= 0 {
            let step = Int(parent[cell])
            let above = Int(neighbours[cell * 8 + step])
            capacity[cell * 8 + step] += flow
            capacity[above * 8 + step ^ 1] -= flow
            if capacity[above * 8 + step ^ 1] <= 0 { abandon(cell) }
            cell = above
        }
        terminal[cell] -= flow
        if terminal[cell] <= 0 { abandon(cell) }
        cell = end
        while parent[cell] >= 0 {
            let step = Int(parent[cell])
            let above = Int(neighbours[cell * 8 + step])
            capacity[above * 8 + step ^ 1] += flow
            capacity[cell * 8 + step] -= flow
            if capacity[cell * 8 + step] <= 0 { abandon(cell) }
            cell = above
        }
        terminal[cell] += flow
        if terminal[cell] >= 0 { abandon(cell) }
    }

    private mutating func abandon(_ cell: Int) {
        parent[cell] = Parent.orphan
        orphans.append(Int32(cell))
    }

    /// Finds an orphan the parent nearest to the root, or gives it and its children up.
    private mutating func adopt(
        _ cell: Int, _ neighbours: UnsafeBufferPointer<Int32>, _ capacity: UnsafeMutableBufferPointer<Float>
    ) {
        let side = tree[cell]
        var best: (step: Int, depth: Int32)?
        for step in 0..<8 {
            let other = Int(neighbours[cell * 8 + step])
            guard other >= 0, tree[other] == side, residual(side, other, step ^ 1, cell, capacity) > 0,
                let above = rootDepth(of: other, neighbours)
            else { continue }
            if above < best?.depth ?? .max { best = (step, above) }
        }
        if let best {
            parent[cell] = Int8(best.step)
            depth[cell] = best.depth + 1
            stamp[cell] = round
            return
        }
        for step in 0..<8 {
            let other = Int(neighbours[cell * 8 + step])
            guard other >= 0, tree[other] == side else { continue }
            if residual(side, other, step ^ 1, cell, capacity) > 0 { activate(Int32(other)) }
            if parent[other] == Int8(step ^ 1) { abandon(other) }
        }
        tree[cell] = 0
        parent[cell] = Parent.none
    }

    /// The steps from a cell to its tree's root; nil where an orphan is on the way. Remembered for the round.
    private mutating func rootDepth(of cell: Int, _ neighbours: UnsafeBufferPointer<Int32>) -> Int32? {
        var steps: Int32 = 0
        var way = cell
        while stamp[way] != round {
            guard parent[way] != Parent.orphan, parent[way] != Parent.none else { return nil }
            if parent[way] == Parent.terminal {
                stamp[way] = round
                depth[way] = 1
                break
            }
            way = Int(neighbours[way * 8 + Int(parent[way])])
            steps += 1
        }
        let total = depth[way] + steps
        // Each cell on the way remembers how far it is.
        var left = total
        way = cell
        while stamp[way] != round {
            stamp[way] = round
            depth[way] = left
            left -= 1
            way = Int(neighbours[way * 8 + Int(parent[way])])
        }
        return total
    }
}
