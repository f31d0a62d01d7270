print("geodata")
